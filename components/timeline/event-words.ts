"use client"
import { useMemo } from "react"
import { useRelease } from "@/lib/client/release-context"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type Description, describe as describeEvent } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

/** Events in words, with the titles of items, steps and triggers in place of the keys that events carry. */
export function useEventWords(): (event: AnyTimelineEvent) => Description {
  const items = useRelease((release) => release.items)
  const runs = useRelease((release) => release.runs)
  const triggers = useRelease((release) => release.triggers)
  return useMemo(() => {
    const known = new WeakMap<AnyTimelineEvent, Description>()
    return (event) => {
      const words = known.get(event) ?? withTitles(describeEvent(event), event, { items, runs, triggers })
      known.set(event, words)
      return words
    }
  }, [items, runs, triggers])
}

function withTitles(
  words: Description,
  event: AnyTimelineEvent,
  { items, runs, triggers }: Pick<ReleaseState, "items" | "runs" | "triggers">,
): Description {
  const data = event.data as {
    itemKey?: string | null
    stepKey?: string
    runId?: string | null
    triggerKey?: string | null
  }
  const step = data.runId ? runs[data.runId]?.steps.find((one) => one.key === data.stepKey) : undefined
  const titles: [string | null | undefined, string | undefined][] = [
    [data.itemKey, data.itemKey ? items[data.itemKey]?.title : undefined],
    [data.stepKey, step?.title],
    [data.triggerKey, data.triggerKey ? triggers[data.triggerKey]?.title : undefined],
  ]
  let { title } = words
  for (const [key, name] of titles) if (key && name) title = title.replace(key, () => `“${name}”`)
  return { ...words, title }
}
