import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import type { CreateReader, QueryFinding } from "../contract"
import { NO_REQUESTS, type Outcome, sampleOf } from "../parts/outcome"
import { datadog, type Wanted } from "./ask"
import { datadogConfigSchema } from "./definition"

const MISSING: Outcome = { status: "no_data", words: "The query returns nothing." }

export const createReader: CreateReader = (rawConfig, ports) => {
  const config = datadogConfigSchema.parse(rawConfig)
  const ended = new AbortController()
  const ask = datadog(config, ports)
  const queries = Object.entries(config.queries)
  // Names of formulas are letters and digits; the metric's own has an underscore, which is allowed as well.
  const wanted: Wanted[] = queries.flatMap(([metric, { query, requests, aggregator }]) => [
    { name: metric, query, aggregator },
    ...(requests === undefined ? [] : [{ name: `${metric}_requests`, query: requests, aggregator: "sum" }]),
  ])

  async function measure(signal: AbortSignal) {
    const [answers, monitors] = await Promise.all([
      ask.scalars(wanted, signal),
      config.monitors.length > 0 ? ask.firing(signal) : null,
    ])
    const measured = queries.map(([metric, { requests, scale }]) => {
      const outcome = answers.get(metric) ?? MISSING
      const scaled: Outcome = outcome.status === "good" ? { status: "good", value: outcome.value * scale } : outcome
      const count = requests === undefined ? null : (answers.get(`${metric}_requests`) ?? MISSING)
      return { metric: metric as MetricName, outcome: scaled, count }
    })
    return { measured, monitors }
  }

  async function take(): Promise<Sample[]> {
    const { measured, monitors } = await measure(ended.signal)
    const atMs = ports.nowMs()
    const samples = measured.map(({ metric, outcome, count }) =>
      sampleOf(metric, atMs, outcome, count === null ? 1 : count.status === "good" ? count.value : 0),
    )
    if (monitors) samples.push(sampleOf("alerts_firing", atMs, monitors.outcome, config.monitors.length))
    return samples
  }

  async function tryOut(signal: AbortSignal): Promise<QueryFinding[]> {
    const { measured, monitors } = await measure(signal)
    const findings = measured.map(({ metric, outcome, count }): QueryFinding => {
      if (outcome.status !== "good") return { metric, ok: false, words: outcome.words }
      if (count && count.status !== "good")
        return { metric, ok: false, words: `Its number of requests: ${count.words}` }
      return {
        metric,
        ok: true,
        words: `${Number(outcome.value.toPrecision(4))} now.${count ? "" : ` ${NO_REQUESTS}`}`,
      }
    })
    if (!monitors) return findings
    return [...findings, { metric: "alerts_firing", ok: monitors.outcome.status === "good", words: monitors.words }]
  }

  return { start: () => undefined, take, tryOut, stop: async () => ended.abort(new Error("the watch is over")) }
}
