"use client"
import { useQuery } from "@tanstack/react-query"
import { BellPlus, Plus } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { channelsQuery } from "@/lib/client/channels-query"
import { documentReceivedAtMs, syncClock } from "@/lib/client/clock"
import type { ChannelList, ChannelView } from "@/lib/contracts/api/channels"
import { ChannelDialog } from "./channel-dialog"
import { ChannelRow } from "./channel-row"
import { DeliveryList } from "./delivery-list"
import type { ChannelKind } from "./kinds"
import { WhoGetsWhat } from "./who-gets-what"

/** The ways out of a service: how they do, who gets what, and what became of each message. */
export function ChannelsPage({ first, kinds }: { first: ChannelList; kinds: ChannelKind[] }) {
  const service = first.service.key
  const { data: list = first, error } = useQuery({ ...channelsQuery(service), initialData: first })
  useEffect(() => syncClock(first.serverNow, documentReceivedAtMs()), [first.serverNow])
  /** `new`: the form for another one. */
  const [editing, setEditing] = useState<ChannelView | "new" | null>(null)
  const { channels, may } = list
  const titleOf = (kind: string) => kinds.find((one) => one.kind === kind)?.title ?? kind
  const add = (
    <Button size="sm" tone="primary" onClick={() => setEditing("new")}>
      <Plus aria-hidden /> Add channel
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-5">
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      <Panel title="Channels" aside={may.edit && channels.length > 0 ? add : null}>
        {channels.length === 0 ? (
          <Empty icon={<BellPlus aria-hidden />} title="No channel yet">
            <p className="mb-3">
              Nobody hears of what happens here unless they look. A channel tells them: in Slack, by e-mail, through a
              pager, a webhook, or in the browser.
            </p>
            {may.edit ? add : null}
          </Empty>
        ) : (
          <ul className="divide-y" data-testid="channels">
            {channels.map((channel) => (
              <ChannelRow
                key={channel.id}
                {...{ service, channel, may }}
                kindTitle={titleOf(channel.kind)}
                onEdit={() => setEditing(channel)}
              />
            ))}
          </ul>
        )}
      </Panel>
      {channels.length > 0 ? (
        <>
          <WhoGetsWhat {...{ service, channels, titleOf }} mayEdit={may.edit} />
          <DeliveryList {...{ service, channels }} mayRetry={may.test} />
        </>
      ) : null}
      {editing ? (
        <ChannelDialog
          key={editing === "new" ? "new" : `${editing.id} ${editing.revision}`}
          {...{ service, kinds }}
          channel={editing === "new" ? null : editing}
          onStale={setEditing}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </div>
  )
}
