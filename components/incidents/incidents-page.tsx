"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Siren } from "lucide-react"
import Link from "next/link"
import { useRouter, useSearchParams } from "next/navigation"
import { useEffect } from "react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { notLaterThanNow } from "@/lib/client/clock"
import { INCIDENTS_PAGE, incidentsQuery } from "@/lib/client/incidents-query"
import { IncidentTable } from "./incident-table"
import { addressOf, queryOf, readFilter, statusFilters } from "./read-filter"

/** Incidents of every service that one may see. What is shown stands in the address, so that it can be sent to somebody. */
export function IncidentsPage({
  services,
  renderedAt,
}: {
  services: { key: string; name: string }[]
  renderedAt: string
}) {
  const filter = readFilter(new URLSearchParams(useSearchParams()))
  const router = useRouter()
  const { data, error, isPending, refetch } = useQuery({
    ...incidentsQuery(queryOf(filter)),
    placeholderData: keepPreviousData,
  })
  useEffect(() => notLaterThanNow(renderedAt), [renderedAt])
  const incidents = data?.incidents ?? []
  const last = incidents.length === INCIDENTS_PAGE ? incidents.at(-1) : undefined
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <nav aria-label="Which incidents" className="flex gap-1">
          {statusFilters.map(({ key, title }) => (
            <Button key={key} asChild tone={filter.status === key ? "primary" : "secondary"}>
              <Link
                href={addressOf({ ...filter, status: key, before: "" })}
                aria-current={filter.status === key ? "page" : undefined}
              >
                {title}
              </Link>
            </Button>
          ))}
        </nav>
        {services.length > 1 || filter.service ? (
          <SelectField
            label="Service"
            value={filter.service}
            onChange={(event) => router.replace(addressOf({ ...filter, service: event.target.value, before: "" }))}
          >
            <option value="">All services</option>
            {services.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : null}
      </div>
      {error ? (
        <Notice tone="fail" live actions={<Button onClick={() => void refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      ) : isPending ? (
        <Skeleton className="h-48" />
      ) : incidents.length === 0 ? (
        <Panel>
          <Empty
            icon={<Siren aria-hidden />}
            title={filter.status === "unresolved" ? "Nothing is on fire" : "No incident here"}
          >
            {filter.status === "unresolved"
              ? "Every incident is resolved."
              : "Incidents are declared in a release’s cockpit, or open by themselves when a trigger or a threshold is breached."}
          </Empty>
        </Panel>
      ) : (
        <IncidentTable incidents={incidents} />
      )}
      {last || filter.before ? (
        <nav aria-label="Pages" className="flex justify-between">
          {filter.before ? <Link href={addressOf({ ...filter, before: "" })}>Newest</Link> : <span />}
          {last ? <Link href={addressOf({ ...filter, before: last.startedAt })}>Older</Link> : null}
        </nav>
      ) : null}
    </div>
  )
}
