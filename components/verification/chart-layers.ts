import type uPlot from "uplot"
import { beyond, type ChartedMetric } from "./charted-metrics"

/** Shades the stretches in which the value was beyond a limit. */
export function drawBreaches(plot: uPlot, metric: ChartedMetric, colour: string): void {
  const { ctx, bbox } = plot
  const [times = [], values = []] = plot.data
  ctx.save()
  ctx.globalAlpha = 0.14
  ctx.fillStyle = colour
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (value == null || !metric.limits.some((limit) => beyond(value, limit))) continue
    const right = plot.valToPos(times[index] ?? 0, "x", true)
    const left = index > 0 ? plot.valToPos(times[index - 1] ?? 0, "x", true) : right - 4
    ctx.fillRect(left, bbox.top, Math.max(2, right - left), bbox.height)
  }
  ctx.restore()
}

/** The dashboard's limit dashed, a trigger's solid. */
export function drawLimits(plot: uPlot, metric: ChartedMetric, triggerColour: string, limitColour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.lineWidth = devicePixelRatio
  for (const limit of metric.limits) {
    const y = Math.round(plot.valToPos(limit.value, "y", true)) + 0.5
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    ctx.strokeStyle = limit.trigger ? triggerColour : limitColour
    ctx.setLineDash(limit.trigger ? [] : [4 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}

/** When the new version went live. */
export function drawDeployMarker(plot: uPlot, switchedAt: string | null, colour: string): void {
  if (!switchedAt) return
  const { ctx, bbox } = plot
  const x = Math.round(plot.valToPos(Date.parse(switchedAt) / 1_000, "x", true)) + 0.5
  if (x < bbox.left || x > bbox.left + bbox.width) return
  ctx.save()
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.font = `${10 * devicePixelRatio}px sans-serif`
  ctx.fillText("live", x + 4 * devicePixelRatio, bbox.top + 10 * devicePixelRatio)
  ctx.restore()
}
