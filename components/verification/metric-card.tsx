"use client"
import dynamic from "next/dynamic"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import { Disclosure } from "@/components/ui/disclosure"
import { Skeleton } from "@/components/ui/skeleton"
import { useRelease, useSamples } from "@/lib/client/release-context"
import type { SampleLine } from "@/lib/contracts/stream"
import { valueInWords } from "@/lib/domain/metric/in-words"
import { beyond, type ChartedMetric } from "./charted-metrics"

const MetricChart = dynamic(() => import("./metric-chart").then((module) => module.MetricChart), {
  ssr: false,
  loading: () => <Skeleton className="h-36" />,
})
const TABLE_ROWS = 30

/** One metric: its value now, its chart with the limits drawn in, and the same as a table. */
export function MetricCard({ metric }: { metric: ChartedMetric }) {
  const samples = useSamples(metric.metric)
  const switchedAt = useRelease((release) => release.switchedAt)
  const last = samples.findLast((sample) => sample.value !== null)
  const state = stateOf(metric, samples.at(-1))
  return (
    <section aria-label={metric.title} className="min-w-0 rounded-xl border bg-surface p-4">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate font-medium text-sm">{metric.title}</h3>
        <p className="flex shrink-0 items-center gap-1.5 font-medium text-lg leading-6 tracking-tight">
          <StatusShape tone={state.tone} label={state.words} className="size-3.5" />
          {last?.value == null ? "–" : valueInWords(last.value, metric.unit)}
        </p>
      </div>
      <p className="mb-2 truncate text-ink-3 text-xs">
        {metric.words} · {state.words}
      </p>
      {samples.length > 0 ? (
        <MetricChart samples={samples} metric={metric} switchedAt={switchedAt} />
      ) : (
        <p className="grid h-36 place-items-center rounded-md bg-sunken text-ink-3 text-xs">No sample yet</p>
      )}
      <Disclosure summary="As a table" className="mt-1">
        <SampleTable samples={samples} metric={metric} />
      </Disclosure>
    </section>
  )
}

function stateOf(metric: ChartedMetric, last: SampleLine | undefined): { tone: Tone; words: string } {
  if (!last) return { tone: "none", words: "no sample yet" }
  if (last.status === "error") return { tone: "warn", words: "the source failed" }
  if (last.value === null) return { tone: "warn", words: "no data" }
  const { value } = last
  const over = metric.limits.find((limit) => beyond(value, limit))
  if (over) return { tone: "fail", words: "beyond the limit" }
  return metric.limits.length > 0
    ? { tone: "pass", words: "within the limit" }
    : { tone: "none", words: "a person judges" }
}

function SampleTable({ samples, metric }: { samples: readonly SampleLine[]; metric: ChartedMetric }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <div className="max-h-56 overflow-y-auto">
      <table className="w-full text-left text-xs">
        <caption className="sr-only">
          The last {TABLE_ROWS} samples of {metric.title}, newest first
        </caption>
        <thead>
          <tr className="border-b text-ink-3">
            {["Time", "Value", "Requests", "State"].map((title) => (
              <th key={title} scope="col" className="py-1 pr-3 font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples
            .slice(-TABLE_ROWS)
            .toReversed()
            .map((sample) => (
              <tr key={sample.id} className="border-b last:border-0">
                <td className="py-1 pr-3">
                  <Instant at={sample.at} zone={zone} how="seconds" />
                </td>
                <td className="py-1 pr-3">{sample.value === null ? "–" : valueInWords(sample.value, metric.unit)}</td>
                <td className="py-1 pr-3">{sample.count}</td>
                <td className="py-1">{sample.words ?? stateOf(metric, sample).words}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}
