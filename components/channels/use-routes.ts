"use client"
import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query"
import { ApiProblem } from "@/lib/client/api"
import { channelsQuery, type RouteChange, setRoutes } from "@/lib/client/channels-query"
import type { ChannelList } from "@/lib/contracts/api/channels"
import { topicKeys } from "@/lib/domain/notification/topics"

/** Ticks boxes at once and sends them one after the other; a refusal brings back what the server has. */
export function useRoutes(service: string) {
  const client = useQueryClient()
  const { queryKey } = channelsQuery(service)
  const mutationKey = ["routes", service]
  const mutation = useMutation<unknown, Error, RouteChange[]>({
    mutationKey,
    mutationFn: (changes) => setRoutes(service, changes),
    scope: { id: mutationKey.join(" ") },
    retry: false,
    networkMode: "always",
    onMutate: async (changes) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData<ChannelList>(queryKey, (list) => (list ? withChanges(list, changes) : list))
    },
    onSettled: () => {
      // While others are on their way, what the server has is older than what is shown.
      if (client.isMutating({ mutationKey }) <= 1) return client.invalidateQueries({ queryKey })
    },
  })
  const { error } = mutation
  const problem =
    error === null || error instanceof ApiProblem ? error : new ApiProblem(0, "failed", error.message, {}, {})
  return { change: mutation.mutate, problem, isSaving: useIsMutating({ mutationKey }) > 0 }
}

function withChanges(list: ChannelList, changes: readonly RouteChange[]): ChannelList {
  const channels = list.channels.map((channel) => {
    const held = new Set(channel.topics)
    for (const { channelId, topic, on } of changes) {
      if (channelId !== channel.id) continue
      if (on) held.add(topic)
      else held.delete(topic)
    }
    return { ...channel, topics: topicKeys.filter((topic) => held.has(topic)) }
  })
  return { ...list, channels }
}
