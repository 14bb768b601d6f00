"use client"
import { Check } from "lucide-react"
import type { KeyboardEvent } from "react"
import { Checkbox } from "@/components/ui/checkbox"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import type { ChannelView } from "@/lib/contracts/api/channels"
import { type Topic, topicKeys, topics } from "@/lib/domain/notification/topics"
import { useRoutes } from "./use-routes"

type Change = ReturnType<typeof useRoutes>["change"]
interface Shown {
  channels: ChannelView[]
  mayEdit: boolean
  change: Change
}

/** Topics and channels as a table that a person can read; a list of topics where there is no room for one. */
export function WhoGetsWhat({
  service,
  channels,
  titleOf,
  mayEdit,
}: {
  service: string
  channels: ChannelView[]
  titleOf(kind: string): string
  mayEdit: boolean
}) {
  const { change, problem, isSaving } = useRoutes(service)
  const shown = { channels, mayEdit, change }
  return (
    <Panel title="Who gets what" aside={<span role="status">{isSaving ? "Saving…" : ""}</span>}>
      {problem ? <Problem problem={problem} className="m-3" /> : null}
      <div className="overflow-x-auto max-sm:hidden">
        <RoutesTable {...shown} titleOf={titleOf} />
      </div>
      <RoutesList {...shown} />
    </Panel>
  )
}

function RoutesTable({ titleOf, ...shown }: Shown & { titleOf(kind: string): string }) {
  const { channels, mayEdit, change } = shown
  return (
    <table className="w-full border-collapse text-sm" onKeyDown={moveByArrows} data-testid="who-gets-what">
      <caption className="sr-only">Which channel tells what. Arrow keys move between the boxes.</caption>
      <thead>
        <tr className="border-b text-left align-bottom">
          <th scope="col" className="sticky left-0 z-10 min-w-64 bg-surface px-4 py-2 font-medium text-ink-3 text-xs">
            Topic
          </th>
          {channels.map(({ id, name, kind, enabled }) => (
            <th key={id} scope="col" className="w-32 min-w-24 px-2 py-2 text-center font-medium">
              <span className="line-clamp-2 break-words">{name}</span>
              <span className="block font-normal text-ink-3 text-xs">{enabled ? titleOf(kind) : "Off"}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {mayEdit ? (
          <tr>
            <th scope="row" className="sticky left-0 z-10 bg-surface px-4 py-1.5 text-left font-normal text-ink-2">
              Everything
            </th>
            {channels.map((channel, column) => (
              <td key={channel.id} className="px-2 py-1.5 text-center">
                <Checkbox
                  className="mx-auto"
                  data-cell={`0 ${column}`}
                  aria-label={`Everything by ${channel.name}`}
                  checked={channel.topics.length === topicKeys.length || (channel.topics.length > 0 && "indeterminate")}
                  onCheckedChange={(on) =>
                    change(
                      topicKeys
                        .filter((topic) => channel.topics.includes(topic) !== on)
                        .map((topic) => ({ channelId: channel.id, topic, on })),
                    )
                  }
                />
              </td>
            ))}
          </tr>
        ) : null}
        {topicKeys.map((topic, row) => (
          <tr key={topic} className="hover:bg-hover/60">
            <th scope="row" className="sticky left-0 z-10 bg-surface px-4 py-2 text-left font-normal">
              <span className="block font-medium">{topics[topic].title}</span>
              <span className="block text-ink-3 text-xs">{topics[topic].what}</span>
            </th>
            {channels.map((channel, column) => (
              <td key={channel.id} className="px-2 py-1.5 text-center">
                <Cell {...{ topic, channel, mayEdit, change }} cell={`${row + 1} ${column}`} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({
  topic,
  channel,
  mayEdit,
  change,
  cell,
}: {
  topic: Topic
  channel: ChannelView
  mayEdit: boolean
  change: Change
  cell: string
}) {
  const on = channel.topics.includes(topic)
  if (mayEdit) {
    return (
      <Checkbox
        className="mx-auto"
        data-cell={cell}
        aria-label={`${topics[topic].title} by ${channel.name}`}
        checked={on}
        onCheckedChange={(next) => change([{ channelId: channel.id, topic, on: next }])}
      />
    )
  }
  return on ? (
    <Check className="mx-auto size-4 text-ink-2" role="img" aria-label="Told" />
  ) : (
    <span className="text-ink-3">
      <span aria-hidden>–</span>
      <span className="sr-only">Not told</span>
    </span>
  )
}

function RoutesList({ channels, mayEdit, change }: Shown) {
  return (
    <ul className="divide-y sm:hidden" data-testid="who-gets-what-list">
      {topicKeys.map((topic) => (
        <li key={topic} className="grid grid-cols-1 gap-1.5 px-4 py-3 text-sm">
          <h3 className="font-medium">{topics[topic].title}</h3>
          <p className="text-ink-3 text-xs">{topics[topic].what}</p>
          <ul className="grid grid-cols-1 gap-0.5">
            {channels.map((channel) => (
              <li key={channel.id}>
                {mayEdit ? (
                  <label htmlFor={`${channel.id}-${topic}`} className="flex min-h-8 items-center gap-2">
                    <Checkbox
                      id={`${channel.id}-${topic}`}
                      checked={channel.topics.includes(topic)}
                      onCheckedChange={(on) => change([{ channelId: channel.id, topic, on }])}
                    />
                    <span className="min-w-0 break-words">
                      {channel.name}
                      {channel.enabled ? "" : " (off)"}
                    </span>
                  </label>
                ) : channel.topics.includes(topic) ? (
                  <span className="break-words text-ink-2">{channel.name}</span>
                ) : null}
              </li>
            ))}
          </ul>
          {!mayEdit && !channels.some((channel) => channel.topics.includes(topic)) ? (
            <p className="text-ink-2">Nobody is told</p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function moveByArrows(event: KeyboardEvent<HTMLTableElement>) {
  const step = STEPS[event.key]
  const here = event.target instanceof HTMLElement ? event.target.dataset.cell : undefined
  if (!step || !here) return
  const [row = 0, column = 0] = here.split(" ").map(Number)
  event.preventDefault()
  event.currentTarget.querySelector<HTMLElement>(`[data-cell="${row + step[0]} ${column + step[1]}"]`)?.focus()
}
