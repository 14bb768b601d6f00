"use client"
import { useQuery } from "@tanstack/react-query"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { Panel } from "@/components/ui/panel"
import { deliveriesQuery } from "@/lib/client/deliveries-query"
import { useRelease } from "@/lib/client/release-context"
import type { Delivery } from "@/lib/contracts/api/deliveries"
import { deliveryLooks } from "./delivery-looks"

/** What the place that hosts the repository was told. Not there where nobody is told anything. */
export function DeliveriesPanel() {
  const id = useRelease((release) => release.id)
  const lastSeq = useRelease((release) => release.lastSeq)
  const { data } = useQuery(deliveriesQuery(id, lastSeq))
  const reports = data?.deliveries.filter(({ kind }) => kind === "deployment_report") ?? []
  if (reports.length === 0) return null
  return (
    <Panel id="deliveries" title="Told to the repository's host">
      <ul className="divide-y">
        {reports.map((delivery) => (
          <Entry key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Panel>
  )
}

function Entry({ delivery }: { delivery: Delivery }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <li className="grid gap-1 px-4 py-2.5 text-sm" data-status={delivery.status}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 flex-1 basis-60 break-words">{delivery.words}</span>
        <span className="text-ink-3 text-xs">
          <Instant at={delivery.deliveredAt ?? delivery.createdAt} zone={zone} />
        </span>
        <StatusMark look={deliveryLooks[delivery.status]} className="min-w-[6rem]" />
      </div>
      {delivery.lastError ? (
        <p className="break-words text-ink-2 text-xs">
          {delivery.lastError}. Tried {delivery.attempts} {delivery.attempts === 1 ? "time" : "times"}.
        </p>
      ) : null}
    </li>
  )
}
