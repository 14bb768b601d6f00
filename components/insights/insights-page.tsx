"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { ChartColumn, Download } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { insightsQuery } from "@/lib/client/insights-query"
import type { Insights } from "@/lib/contracts/api/insights"
import { CheckFigures } from "./check-figures"
import { DeliveryFigures } from "./delivery-figures"
import { HowCounted } from "./how-counted"
import { ServiceFigures } from "./service-figures"
import { SignoffFigures } from "./signoff-figures"
import { WeekChart } from "./week-chart"

const spans = [
  [30, "30 days"],
  [90, "90 days"],
  [365, "A year"],
] as const
const USUAL_DAYS = 90

/** Figures across releases, each beside its value in the span before. */
export function InsightsPage({ first }: { first: Insights }) {
  const [service, setService] = useState("")
  const [days, setDays] = useState<number>(USUAL_DAYS)
  const toMs = Date.parse(first.span.to)
  const untouched = service === "" && days === USUAL_DAYS
  const query = useQuery({
    ...insightsQuery({ service, days, toMs }),
    placeholderData: keepPreviousData,
    enabled: !untouched,
  })
  const data = untouched ? first : (query.data ?? first)
  const path = new URLSearchParams({ from: data.span.from, to: data.span.to, ...(service ? { service } : {}) })
  const nothing = data.figures.live === 0 && data.checks.length === 0 && data.signoffs.every(({ waited }) => !waited)

  return (
    <div className="grid grid-cols-1 gap-5" aria-busy={query.isFetching}>
      <div className="flex flex-wrap items-end gap-3">
        {first.services.length > 1 ? (
          <SelectField label="Service" value={service} onChange={(event) => setService(event.target.value)}>
            <option value="">All</option>
            {first.services.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : null}
        <fieldset className="flex gap-1">
          <legend className="mb-1.5 font-medium text-ink-2 text-sm">The last</legend>
          {spans.map(([length, words]) => (
            <Button
              key={length}
              className="h-9"
              tone={days === length ? "primary" : "secondary"}
              aria-pressed={days === length}
              onClick={() => setDays(length)}
            >
              {words}
            </Button>
          ))}
        </fieldset>
        <Button asChild className="ml-auto h-9">
          <a href={`/api/v1/insights?${path}`} download="insights.json">
            <Download aria-hidden /> JSON
          </a>
        </Button>
      </div>
      {query.error ? <Notice tone="fail">{query.error.message}</Notice> : null}
      {nothing ? (
        <Panel>
          <Empty icon={<ChartColumn aria-hidden />} title="Nothing to count in this time">
            No release went live, nobody signed and no check ran. Choose a longer time, or come back after a release.
          </Empty>
        </Panel>
      ) : (
        <>
          <DeliveryFigures figures={data.figures} previous={data.previous} />
          <WeekChart weeks={data.weeks} />
          {data.byService.length > 1 ? <ServiceFigures rows={data.byService} /> : null}
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <SignoffFigures rows={data.signoffs} />
            <CheckFigures rows={data.checks} severalServices={data.byService.length > 1} />
          </div>
        </>
      )}
      <HowCounted />
    </div>
  )
}
