"use client"
import Link from "next/link"
import { incidentLooks, severityLooks } from "@/components/incident/looks"
import { StatusMark, StatusPill } from "@/components/status/status-mark"
import { Elapsed, Remaining } from "@/components/time/elapsed"
import { Ago } from "@/components/time/instant"
import { formatDuration } from "@/lib/client/format"
import type { IncidentEntry } from "@/lib/contracts/api/incidents"

const columns = ["Incident", "Severity", "Status", "Lasts", "Acknowledged after"]

/** One line an incident; on a phone each is a card. */
export function IncidentTable({ incidents }: { incidents: IncidentEntry[] }) {
  return (
    <div className="overflow-hidden rounded-xl border bg-surface">
      <table className="w-full text-left" data-testid="incidents">
        <thead className="hidden border-b text-ink-3 text-xs md:table-header-group">
          <tr>
            {columns.map((title) => (
              <th key={title} scope="col" className="px-4 py-2 font-normal">
                {title}
              </th>
            ))}
            <th scope="col" className="px-4 py-2 text-right font-normal">
              Began
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {incidents.map((incident) => (
            <Row key={incident.id} incident={incident} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ incident }: { incident: IncidentEntry }) {
  const { id, releaseId, releaseName, service, environment, number, title, severity, status } = incident
  const { startedAt, acknowledgedAt, resolvedAt, nextDueAt } = incident
  const since = (at: string) => formatDuration(Date.parse(at) - Date.parse(startedAt))
  return (
    <tr
      data-incident={id}
      data-status={status}
      className="relative grid grid-cols-1 gap-x-4 gap-y-1 px-4 py-3 hover:bg-hover/60 max-md:grid-cols-[1fr_auto] md:table-row md:px-0"
    >
      <th scope="row" className="min-w-0 font-normal max-md:col-span-2 md:px-4 md:py-3">
        <Link
          href={`/releases/${releaseId}/incident?number=${number}`}
          className="break-words font-medium text-sm after:absolute after:inset-0"
        >
          {title}
        </Link>
        <span className="block break-words text-ink-2 text-xs">
          {service.name} {environment.name}, {releaseName}
        </span>
      </th>
      <td className="md:px-4 md:py-3">
        <StatusMark look={severityLooks[severity]} />
      </td>
      <td className="max-md:text-right md:px-4 md:py-3">
        <StatusPill look={incidentLooks[status]} />
        {status === "open" && nextDueAt ? (
          <span className="block text-ink-3 text-xs">
            next call in <Remaining until={nextDueAt} />
          </span>
        ) : null}
      </td>
      <td className="text-sm md:px-4 md:py-3">{resolvedAt ? since(resolvedAt) : <Elapsed since={startedAt} />}</td>
      <td className="text-ink-2 text-sm max-md:hidden md:px-4 md:py-3">
        {acknowledgedAt ? since(acknowledgedAt) : "–"}
      </td>
      <td className="text-right text-ink-3 text-xs md:px-4 md:py-3">
        <Ago at={startedAt} zone="UTC" />
      </td>
    </tr>
  )
}
