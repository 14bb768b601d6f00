import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import type { CreateReader, QueryFinding } from "../contract"
import { NO_REQUESTS, type Outcome, sampleOf } from "../parts/outcome"
import { prometheus } from "./ask"
import { prometheusConfigSchema } from "./definition"

const LATELY_MS = 3_600_000

export const createReader: CreateReader = (rawConfig, ports) => {
  const config = prometheusConfigSchema.parse(rawConfig)
  const ended = new AbortController()
  const ask = prometheus(config, ports)
  const queries = Object.entries(config.queries) as [MetricName, { query: string; requests?: string }][]

  async function measure(metric: MetricName, query: string, requests: string | undefined): Promise<Sample> {
    const [outcome, count] = await Promise.all([
      ask.now(query, ended.signal),
      requests === undefined ? null : ask.now(requests, ended.signal),
    ])
    // A value whose weight is not known is not worth a verdict.
    if (count?.status === "error") return sampleOf(metric, ports.nowMs(), count)
    return sampleOf(metric, ports.nowMs(), outcome, count === null ? 1 : count.status === "good" ? count.value : 0)
  }

  async function tried(metric: MetricName, query: string, requests: string | undefined, signal: AbortSignal) {
    const now = await ask.now(query, signal)
    const hour = now.status === "error" ? [] : await ask.lately(query, LATELY_MS, signal).catch(() => [])
    const count = requests === undefined ? null : await ask.now(requests, signal)
    return finding(metric, now, hour, count)
  }

  return {
    start: () => undefined,
    take: () => Promise.all(queries.map(([metric, { query, requests }]) => measure(metric, query, requests))),
    tryOut: (signal) =>
      Promise.all(queries.map(([metric, { query, requests }]) => tried(metric, query, requests, signal))),
    stop: async () => ended.abort(new Error("the watch is over")),
  }
}

function finding(metric: MetricName, now: Outcome, hour: readonly number[], count: Outcome | null): QueryFinding {
  const lately =
    hour.length === 0
      ? "nothing in the last hour"
      : `${short(Math.min(...hour))} to ${short(Math.max(...hour))} in the last hour (${hour.length} points)`
  if (now.status === "error") return { metric, ok: false, words: now.words }
  if (count && count.status !== "good") return { metric, ok: false, words: `Its number of requests: ${count.words}` }
  const said = now.status === "good" ? `${short(now.value)} now` : now.words
  return {
    metric,
    ok: now.status === "good" || hour.length > 0,
    words: `${said}; ${lately}.${count ? "" : ` ${NO_REQUESTS}`}`,
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
