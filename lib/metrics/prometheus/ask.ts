import { z } from "zod"
import type { MetricPorts } from "../contract"
import { askSource, SourceTrouble, usual } from "../parts/ask-source"
import { type Outcome, outcomeOf } from "../parts/outcome"
import { fillRelease } from "../parts/release-in-query"
import type { PrometheusConfig } from "./definition"

/** https://prometheus.io/docs/prometheus/latest/querying/api: a point is its time in seconds and its value as text. */
const point = z.tuple([z.number(), z.string()])
const instantSchema = z.object({
  status: z.literal("success"),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: point })) }),
    z.object({ resultType: z.literal("scalar"), result: point }),
  ]),
})
const rangeSchema = z.object({
  status: z.literal("success"),
  data: z.object({ resultType: z.literal("matrix"), result: z.array(z.object({ values: z.array(point) })) }),
})

/** One server, asked as it is set up. Nothing rejects but with what Prometheus or the network said. */
export function prometheus({ url, headers, timeoutMs }: PrometheusConfig, ports: MetricPorts) {
  const base = url.replace(/\/$/, "")
  /** When Prometheus last evaluated each query, by its own clock in seconds: other machines' clocks may differ from it. */
  const evaluatedAt = new Map<string, number>()

  async function post<T>(path: string, form: Record<string, string>, schema: z.ZodType<T>, signal: AbortSignal) {
    const { value } = await askSource("Prometheus", ports.platform, {
      ...{ method: "POST", url: `${base}/api/v1/${path}`, schema, said, timeoutMs, signal },
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...form, timeout: `${timeoutMs}ms` }).toString(),
    })
    return value
  }

  return {
    /** One number now, or why there is none. */
    async now(query: string, signal: AbortSignal): Promise<Outcome> {
      const filled = fillRelease(query, ports.watched())
      if (!filled.ok) return { status: "no_data", words: filled.words }
      try {
        const { data } = await post("query", { query: filled.query }, instantSchema, signal)
        const points = data.resultType === "scalar" ? [data.result] : data.result.map(({ value }) => value)
        const outcome = single(points)
        const [at] = points[0] ?? []
        const before = evaluatedAt.get(query)
        if (at === undefined) return outcome
        // What stands in between and keeps answers would show the same good minute for ever.
        if (before !== undefined && at <= before)
          return { status: "no_data", words: "The answer is no newer than the last." }
        evaluatedAt.set(query, at)
        return outcome
      } catch (error) {
        return { status: "error", words: error instanceof SourceTrouble ? error.message : "The question was ended." }
      }
    },

    /** The numbers of the last while, whichever series they are of. Rejects with SourceTrouble. */
    async lately(query: string, lastMs: number, signal: AbortSignal): Promise<number[]> {
      const filled = fillRelease(query, ports.watched())
      if (!filled.ok) return []
      const endS = evaluatedAt.get(query) ?? Date.now() / 1_000
      const range = { start: String(endS - lastMs / 1_000), end: String(endS), step: `${lastMs / 240_000}s` }
      const { data } = await post("query_range", { query: filled.query, ...range }, rangeSchema, signal)
      return data.result.flatMap(({ values }) => values.map(([, text]) => Number(text))).filter(Number.isFinite)
    },
  }
}

function single(points: readonly [number, string][]): Outcome {
  const [first] = points
  if (!first) return { status: "no_data", words: "The query returns nothing." }
  if (points.length > 1) {
    return {
      status: "error",
      words: `The query returns ${points.length} series; it must give one: sum or average them.`,
    }
  }
  // "NaN", "+Inf" and "-Inf" are how it writes what is no number.
  return outcomeOf(first[1].endsWith("Inf") ? Number(first[1].replace("Inf", "Infinity")) : Number(first[1]))
}

/** It says what is wrong with a query in a body of its own. */
function said(body: unknown): string | undefined {
  const { success, data } = z.object({ errorType: z.string(), error: z.string() }).safeParse(body)
  return success ? `${data.errorType}: ${data.error}` : usual(body)
}
