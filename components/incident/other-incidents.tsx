"use client"
import Link from "next/link"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { Panel } from "@/components/ui/panel"
import { formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { incidentLooks, severityLooks } from "./looks"

/** The release's other incidents; each opens in the place of the one that is shown. */
export function OtherIncidents({ incidents }: { incidents: Incident[] }) {
  const { id, window } = useRelease()
  if (incidents.length === 0) return null
  return (
    <Panel title="Other incidents of this release" aside={incidents.length}>
      <ul className="divide-y" data-testid="other-incidents">
        {incidents.map(({ id: incidentId, number, title, severity, status, startedAt, resolved }) => (
          <li key={incidentId} className="relative px-4 py-2.5 hover:bg-hover/60">
            <Link
              href={`/releases/${id}/incident?number=${number}`}
              className="break-words font-medium text-sm after:absolute after:inset-0"
            >
              {number}: {title}
            </Link>
            <p className="flex flex-wrap items-center gap-x-3 text-ink-3 text-xs">
              <StatusMark look={severityLooks[severity]} className="text-xs" />
              <StatusMark look={incidentLooks[status]} className="text-xs" />
              <span>
                <Instant at={startedAt} zone={window.zone} />
                {resolved ? `, ${formatDuration(Date.parse(resolved.at) - Date.parse(startedAt))}` : ""}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
