"use client"
import "uplot/dist/uPlot.min.css"
import { useEffect, useRef } from "react"
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

  const values = samples.flatMap((sample) => sample.value ?? [])
  const words =
    values.length > 0
      ? `${metric.title}: ${values.length} samples from ${valueInWords(Math.min(...values), metric.unit)} to ${valueInWords(Math.max(...values), metric.unit)}`
      : `${metric.title}: no samples`
  return (
    <div ref={box} role="img" aria-label={words} style={{ height: HEIGHT_PX }} className="w-full overflow-hidden" />
  )
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
