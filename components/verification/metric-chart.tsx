"use client"
import "uplot/dist/uPlot.min.css"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import uPlot from "uplot"
import { formatInstant } from "@/lib/client/format"
import type { SampleLine } from "@/lib/contracts/stream"
import { valueInWords } from "@/lib/domain/metric/in-words"
import { drawBreaches, drawDeployMarker, drawLimits } from "./chart-layers"
import type { ChartedMetric } from "./charted-metrics"

const HEIGHT_PX = 144

/** A metric over time: limits as lines, stretches beyond them shaded, the switch marked. Canvas; the table says the same. */
export function MetricChart({
  samples,
  metric,
  switchedAt,
}: {
  samples: readonly SampleLine[]
  metric: ChartedMetric
  switchedAt: string | null
}) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  const latest = useRef({ metric, switchedAt })
  latest.current = { metric, switchedAt }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once a unit; data and layers are read when drawing
  useEffect(() => {
    const element = box.current
    if (!element) return
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(name).trim()
    const make = () => {
      plot.current?.destroy()
      const axis = {
        stroke: colour("--ink-3"),
        font: `11px ${getComputedStyle(document.body).fontFamily}`,
        grid: { stroke: colour("--line"), width: 1 },
        ticks: { show: false },
      }
      plot.current = new uPlot(
        {
          width: element.clientWidth,
          height: HEIGHT_PX,
          legend: { show: false },
          cursor: { y: false, points: { size: 6 } },
          padding: [8, 4, 0, 0],
          scales: { y: { range: (_plot, min, max) => rangeOf(min, max, latest.current.metric) } },
          axes: [
            {
              ...axis,
              grid: { show: false },
              space: 72,
              size: 26,
              values: (_plot, ticks, _axis, _space, stepS) => ticks.map((tick) => timeOf(tick, stepS)),
            },
            {
              ...axis,
              size: 62,
              space: 32,
              values: (_plot, ticks) => ticks.map((tick) => valueInWords(tick, metric.unit)),
            },
          ],
          series: [{}, { stroke: colour("--accent"), width: 1.5, spanGaps: false, points: { show: false } }],
          hooks: {
            setCursor: [(drawn) => setPointed(drawn.cursor.idx ?? null)],
            drawClear: [(drawn) => drawBreaches(drawn, latest.current.metric, colour("--fail"))],
            draw: [
              (drawn) => drawLimits(drawn, latest.current.metric, colour("--fail"), colour("--warn")),
              (drawn) => drawDeployMarker(drawn, latest.current.switchedAt, colour("--ink-2")),
            ],
          },
        },
        dataOf(samples),
        element,
      )
    }
    make()
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT_PX }))
    resized.observe(element)
    const themed = new MutationObserver(make)
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] })
    const system = window.matchMedia("(prefers-color-scheme: dark)")
    system.addEventListener("change", make)
    return () => {
      resized.disconnect()
      themed.disconnect()
      system.removeEventListener("change", make)
      plot.current?.destroy()
      plot.current = null
    }
  }, [metric.unit])

  useEffect(() => {
    plot.current?.setData(dataOf(samples))
  }, [samples])

  const point = (index: number) => {
    const drawn = plot.current
    const at = Math.max(0, Math.min(samples.length - 1, index))
    const time = drawn?.data[0][at]
    if (drawn && time !== undefined) drawn.setCursor({ left: drawn.valToPos(time, "x"), top: 0 })
  }
  const last = samples.length - 1
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }
  const onKeyDown = (event: KeyboardEvent) => {
    const from = pointed ?? last
    const to = event.key === "Home" ? 0 : event.key === "End" ? last : from + (steps[event.key] ?? Number.NaN)
    if (Number.isNaN(to)) return
    event.preventDefault()
    point(to)
  }
  const words = readingInWords(samples[pointed ?? last], metric)
  return (
    <div className="relative">
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${metric.title} over time`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={Math.max(0, pointed ?? last)}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        style={{ height: HEIGHT_PX }}
        className="w-full overflow-hidden rounded-md"
      />
      {pointed === null ? null : (
        <p
          aria-hidden
          className="pointer-events-none absolute top-1 right-1 rounded-md border bg-surface/95 px-2 py-0.5 text-2xs"
        >
          {words}
        </p>
      )}
    </div>
  )
}

/** "16:01:36, 10 %" or, where there is no value, why. */
function readingInWords(sample: SampleLine | undefined, metric: ChartedMetric): string {
  if (!sample) return "No reading yet"
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const value =
    sample.value === null
      ? (sample.words ?? (sample.status === "error" ? "the source failed" : "no data"))
      : valueInWords(sample.value, metric.unit)
  return `${formatInstant(sample.at, timeZone, "seconds")}, ${value}`
}

/** A tick of the time axis on the person's wall clock, with seconds where ticks are closer than a minute. */
function timeOf(epochS: number, stepS: number): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return formatInstant(new Date(epochS * 1_000).toISOString(), timeZone, stepS < 60 ? "seconds" : "time")
}

function dataOf(samples: readonly SampleLine[]): uPlot.AlignedData {
  return [samples.map((sample) => Date.parse(sample.at) / 1_000), samples.map((sample) => sample.value)]
}

/** From nothing up, with the limits in sight and a little air above. */
function rangeOf(min: number | null, max: number | null, metric: ChartedMetric): [number, number] {
  const limits = metric.limits.map((limit) => limit.value)
  const most = Math.max(max ?? 0, ...limits, metric.unit === "ratio" && limits.length === 0 ? 1 : 0)
  return [Math.min(0, min ?? 0), most > 0 ? most * 1.12 : 1]
}
