import { z } from "zod"
import type { CreateReader, QueryFinding } from "../contract"
import { askSource, SourceTrouble } from "../parts/ask-source"
import { type Outcome, outcomeOf, sampleOf } from "../parts/outcome"
import { fillRelease } from "../parts/release-in-query"
import { sentryConfigSchema } from "./definition"

/** https://docs.sentry.io/api/releases/retrieve-release-health-session-statistics */
const RATE = "crash_free_rate(session)"
const COUNT = "sum(session)"
const sessionsSchema = z.object({
  groups: z.array(z.object({ totals: z.object({ [RATE]: z.number().nullable(), [COUNT]: z.number() }) })),
})
/** https://docs.sentry.io/api/events/list-an-organizations-issues: as many as fit, and in a header how many there are. */
const issuesSchema = z.array(z.object({ id: z.string() }))
const HOUR_MS = 3_600_000

export const createReader: CreateReader = (rawConfig, ports) => {
  const config = sentryConfigSchema.parse(rawConfig)
  const { timeoutMs } = config
  const ended = new AbortController()
  const base = `${config.url.replace(/\/$/, "")}/api/0/organizations/${config.organization}`
  const headers = { Authorization: `Bearer ${config.authToken}` }

  function address(path: string, query: Record<string, string | string[]>): string {
    const search = new URLSearchParams()
    for (const id of config.projects) search.append("project", String(id))
    if (config.environment) search.append("environment", config.environment)
    for (const [name, values] of Object.entries(query)) for (const value of [values].flat()) search.append(name, value)
    return `${base}/${path}/?${search}`
  }

  /** Since the release is live; where that is not known, of the last hour. Sentry takes no shorter time than a minute. */
  function since() {
    const nowMs = ports.nowMs()
    const sinceMs = Math.min(ports.watched()?.sinceMs ?? nowMs - HOUR_MS, nowMs - 60_000)
    return { start: new Date(sinceMs).toISOString(), end: new Date(nowMs).toISOString() }
  }

  const asking = async <T>(release: string, ask: (release: string) => Promise<T>, not: (outcome: Outcome) => T) => {
    const filled = fillRelease(release, ports.watched())
    if (!filled.ok) return not({ status: "no_data", words: filled.words })
    try {
      return await ask(filled.query)
    } catch (error) {
      return not({ status: "error", words: error instanceof SourceTrouble ? error.message : "The question was ended." })
    }
  }

  const sessions = (signal: AbortSignal) =>
    asking(
      config.release,
      async (release) => {
        const query = { field: [RATE, COUNT], query: `release:"${release}"`, ...since() }
        const url = address("sessions", query)
        const { value } = await askSource("Sentry", ports.platform, {
          url,
          headers,
          schema: sessionsSchema,
          timeoutMs,
          signal,
        })
        const totals = value.groups[0]?.totals
        const rate = totals?.[RATE] ?? null
        if (!totals || rate === null) return { outcome: nothing("There is no session of this release yet."), count: 0 }
        return { outcome: outcomeOf(rate), count: totals[COUNT] }
      },
      (outcome) => ({ outcome, count: 0 }),
    )

  const issues = (signal: AbortSignal) =>
    asking(
      config.release,
      async (release): Promise<Outcome> => {
        const query = { query: `firstRelease:"${release}"`, limit: "100", ...since() }
        const url = address("issues", query)
        const call = { url, headers, schema: issuesSchema, timeoutMs, signal }
        const { value, headers: answered } = await askSource("Sentry", ports.platform, call)
        const hits = Number(answered["x-hits"] ?? Number.NaN)
        return outcomeOf(Number.isInteger(hits) ? Math.max(hits, value.length) : value.length)
      },
      (outcome) => outcome,
    )

  return {
    start: () => undefined,
    take: async () => {
      const [rate, found] = await Promise.all([sessions(ended.signal), issues(ended.signal)])
      const atMs = ports.nowMs()
      return [sampleOf("crash_free_rate", atMs, rate.outcome, rate.count), sampleOf("new_issues", atMs, found)]
    },
    tryOut: async (signal) => {
      const [rate, found] = await Promise.all([sessions(signal), issues(signal)])
      return [finding("crash_free_rate", rate.outcome, "of sessions"), finding("new_issues", found, "new issues")]
    },
    stop: async () => ended.abort(new Error("the watch is over")),
  }
}

function nothing(words: string): Outcome {
  return { status: "no_data", words }
}

/** Before a release there is none to ask for: that the question is answered at all is what can be tried. */
function finding(metric: QueryFinding["metric"], outcome: Outcome, what: string): QueryFinding {
  if (outcome.status === "good") return { metric, ok: true, words: `${outcome.value} ${what} now.` }
  return { metric, ok: outcome.status === "no_data", words: outcome.words }
}
