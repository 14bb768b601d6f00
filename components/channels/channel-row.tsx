"use client"
import { useQueryClient } from "@tanstack/react-query"
import { Ellipsis, Pencil, Power, Send, Trash2 } from "lucide-react"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu"
import { Problem } from "@/components/ui/problem"
import { useToast } from "@/components/ui/toaster"
import { channelsQuery, updateChannel } from "@/lib/client/channels-query"
import { useWrite } from "@/lib/client/use-write"
import type { ChannelView } from "@/lib/contracts/api/channels"
import { topicKeys, topics } from "@/lib/domain/notification/topics"
import { healthLooks } from "./channel-looks"
import { RemoveChannel } from "./remove-channel"
import { TestProgress } from "./test-progress"
import { useTest } from "./use-test"

const ZONE = "UTC"

/** One channel: how it does, what it tells, and a test whose fate is shown. */
export function ChannelRow({
  service,
  channel,
  kindTitle,
  may,
  onEdit,
}: {
  service: string
  channel: ChannelView
  kindTitle: string
  may: { edit: boolean; test: boolean }
  onEdit(): void
}) {
  const client = useQueryClient()
  const toast = useToast()
  const [removing, setRemoving] = useState(false)
  const place = { service, channelId: channel.id }
  const refresh = () => client.invalidateQueries(channelsQuery(service))
  const test = useTest(place)
  const { id, name, enabled, revision, health } = channel
  const turn = useWrite(
    () => updateChannel(place, { revision, enabled: !enabled }),
    () => {
      toast({ message: `${name} is ${enabled ? "off" : "on"}` })
      return refresh()
    },
  )
  return (
    <li
      className="grid grid-cols-1 gap-2 px-4 py-3"
      data-testid={`channel-${name}`}
      data-health={health.state}
      data-id={id}
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="break-words font-medium">{name}</h3>
          <p className="text-ink-3 text-xs">{kindTitle}</p>
        </div>
        <StatusMark look={healthLooks[health.state]} className="min-h-7 min-w-[7.5rem]" />
        <div className="flex items-center gap-1.5">
          {may.test ? (
            <Button
              size="sm"
              busy={test.isPending}
              disabled={!enabled}
              aria-label={`Send a test by ${name}`}
              onClick={test.send}
            >
              <Send aria-hidden /> Send a test
            </Button>
          ) : null}
          {may.edit ? (
            <Menu
              trigger={
                <Button size="icon" tone="quiet" aria-label={`More for ${name}`}>
                  <Ellipsis aria-hidden />
                </Button>
              }
            >
              <MenuItem onSelect={onEdit}>
                <Pencil aria-hidden /> Change…
              </MenuItem>
              <MenuItem onSelect={() => turn.mutate()}>
                <Power aria-hidden /> {enabled ? "Turn off" : "Turn on"}
              </MenuItem>
              <MenuLine />
              <MenuItem onSelect={() => setRemoving(true)}>
                <Trash2 aria-hidden /> Remove…
              </MenuItem>
            </Menu>
          ) : null}
        </div>
      </div>
      <Facts channel={channel} />
      <Problem problem={turn.problem} />
      <Problem problem={test.problem} />
      {test.delivery ? <TestProgress delivery={test.delivery} /> : null}
      {removing ? <RemoveChannel {...{ place, channel }} onClose={() => setRemoving(false)} /> : null}
    </li>
  )
}

function Facts({ channel: { topics: told, health } }: { channel: ChannelView }) {
  const { state, lastDeliveredAt, lastError, waiting, failedLastDay } = health
  const isAmiss = state === "failing" || state === "retrying"
  return (
    <div className="grid grid-cols-1 gap-1 text-ink-2 text-xs">
      <p className="flex flex-wrap gap-x-3 gap-y-0.5 tabular-nums">
        {lastDeliveredAt ? (
          <span>
            Last told <Ago at={lastDeliveredAt} zone={ZONE} />
          </span>
        ) : null}
        {waiting > 0 ? (
          <span>
            {waiting} {waiting === 1 ? "message waits" : "messages wait"}
          </span>
        ) : null}
        {failedLastDay > 0 ? <span className="text-fail">{failedLastDay} given up in the last 24 hours</span> : null}
        <span>{tellsInWords(told)}</span>
      </p>
      {isAmiss && lastError ? <p className="break-words">{lastError}</p> : null}
    </div>
  )
}

const FEW = 4

function tellsInWords(told: ChannelView["topics"]): string {
  const missing = topicKeys.filter((topic) => !told.includes(topic))
  const named = (list: ChannelView["topics"]) => list.map((topic) => topics[topic].title).join(", ")
  if (told.length === 0) return "Tells nothing yet"
  if (missing.length === 0) return "Tells everything"
  if (told.length <= FEW) return `Tells ${named(told)}`
  return missing.length <= FEW
    ? `Tells all but ${named(missing)}`
    : `Tells ${told.length} of ${topicKeys.length} topics`
}
