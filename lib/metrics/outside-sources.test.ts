import { afterEach, expect, test } from "vitest"
import { z } from "zod"
import type { Sample } from "@/lib/domain/metric/rule"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { type Answered, type Asked, startJsonServer } from "@/lib/testing/servers/start-json-server"
import type { MetricReader } from "./contract"
import { metricDefinitions } from "./definitions.gen"
import { metricReaders } from "./readers.gen"

/* Datadog and Sentry, as far as their interfaces are published: what those would refuse is refused here. */

type Server = Awaited<ReturnType<typeof startJsonServer>>
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of open.splice(0)) await end()
})

const LIVE_SINCE_MS = Date.now() - 10 * 60_000
async function reading(
  kind: "datadog" | "sentry",
  answer: (asked: Asked) => Answered,
  config: object,
  version = "1.1.0",
) {
  const server = await startJsonServer(answer)
  const reader = metricReaders[kind](
    { url: server.url, timeoutMs: 600, ...config },
    {
      baseUrl: "http://127.0.0.1:1",
      request: () => Promise.reject(new Error("the service itself is not asked")),
      platform: createPlatformRequest({ allowPrivateNetwork: true }),
      nowMs: () => Date.now(),
      maintenanceOn: () => false,
      watched: () => (version === "" ? null : { version, sinceMs: LIVE_SINCE_MS }),
    },
  )
  open.push(() => reader.stop(), server.close)
  return { server, reader }
}
const byMetric = async (reader: MetricReader): Promise<Record<string, Sample>> =>
  Object.fromEntries((await reader.take()).map((sample) => [sample.metric, sample]))

const API_KEY = "dd-api-key-0123456789"
const APP_KEY = "dd-app-key-0123456789"
const scalarRequest = z.strictObject({
  data: z.strictObject({
    type: z.literal("scalar_request"),
    attributes: z.strictObject({
      from: z.number().int(),
      to: z.number().int(),
      formulas: z.array(z.strictObject({ formula: z.string(), limit: z.unknown().optional() })),
      queries: z
        .array(
          z.strictObject({
            data_source: z.enum(["metrics", "cloud_cost"]),
            name: z.string().regex(/^[A-Za-z0-9_]+$/),
            query: z.string().min(1),
            aggregator: z.enum(["avg", "min", "max", "sum", "last", "percentile", "mean", "l2norm", "area"]),
          }),
        )
        .min(1),
    }),
  }),
})

const MONITORS: Record<string, string> = { "1": "OK", "2": "Alert", "3": "No Data" }
function datadogAnswers(values: Record<string, (number | null)[]>) {
  return ({ method, path, headers, body }: Asked): Answered => {
    if (headers["dd-api-key"] !== API_KEY || headers["dd-application-key"] !== APP_KEY) {
      return { status: 403, body: { errors: ["Forbidden"] } }
    }
    if (method === "POST" && path === "/api/v2/query/scalar") {
      const asked = scalarRequest.safeParse(body)
      if (!asked.success) return { status: 400, body: { errors: [z.prettifyError(asked.error)] } }
      const { queries, formulas, from, to } = asked.data.data.attributes
      if (from >= to || formulas.some(({ formula }) => !queries.some(({ name }) => name === formula))) {
        return { status: 400, body: { errors: ["Bad request"] } }
      }
      const columns = formulas.map(({ formula }) => ({
        ...{ name: formula, type: "number", values: values[formula] ?? [], meta: { unit: null } },
      }))
      return { body: { data: { id: "0", type: "scalar_response", attributes: { columns } } } }
    }
    const id = /^\/api\/v1\/monitor\/(\d+)$/.exec(path)?.[1] ?? ""
    if (!MONITORS[id]) return { status: 404, body: { errors: ["Monitor not found"] } }
    return {
      body: { id: Number(id), name: `Monitor ${id}`, overall_state: MONITORS[id], query: "x", type: "metric alert" },
    }
  }
}
const keys = { apiKey: API_KEY, applicationKey: APP_KEY }
const latency = { query: "p99:trace.http.request{version:{{release.version}}}", aggregator: "max", scale: 1_000 }

test.each(Object.values(metricDefinitions))("$kind: its examples fit its settings", ({ configSchema, examples }) => {
  for (const { config } of examples) expect(configSchema.safeParse(config).error).toBeUndefined()
})

test("datadog: all queries in one request, scaled, with what is behind them; monitors beside them", async () => {
  const answers = datadogAnswers({
    latency_p99: [1.25],
    latency_p99_requests: [120.4],
    error_rate: [null],
    db_pool: [],
  })
  const { server, reader } = await reading("datadog", answers, {
    ...keys,
    queries: {
      latency_p99: { ...latency, requests: "sum:hits{}" },
      error_rate: { query: "x" },
      db_pool: { query: "y" },
    },
    monitors: [1, 2],
  })
  const samples = await byMetric(reader)
  expect(samples).toMatchObject({
    latency_p99: { status: "good", value: 1_250, count: 120 },
    error_rate: { status: "no_data", value: null, words: "The query returns nothing." },
    db_pool: { status: "no_data" },
    alerts_firing: { status: "good", value: 1 },
  })
  expect(server.asked.filter(({ method }) => method === "POST")).toHaveLength(1)
  expect(JSON.stringify(server.asked[0]?.body)).toContain("{version:1.1.0}")
})

test.each([
  ["one is blind, none alerts", [1, 3], "no_data", null],
  ["one is blind, one alerts", [2, 3], "good", 1],
  ["one is not there", [1, 9], "error", null],
])("datadog: monitors: %s", async (_, monitors, status, value) => {
  const { reader } = await reading("datadog", datadogAnswers({}), { ...keys, monitors })
  expect((await byMetric(reader)).alerts_firing).toMatchObject({ status, value })
})

test("datadog: groups, wrong keys, no release: each is said, and no key is", async () => {
  const { reader } = await reading("datadog", datadogAnswers({ error_rate: [1, 2] }), {
    ...keys,
    queries: { error_rate: { query: "x" } },
  })
  expect((await byMetric(reader)).error_rate).toMatchObject({
    status: "error",
    words: expect.stringMatching(/2 groups/),
  })
  const wrong = await reading("datadog", datadogAnswers({}), {
    ...keys,
    apiKey: "other-key-0123456789",
    queries: { error_rate: { query: "x" } },
  })
  const refused = (await byMetric(wrong.reader)).error_rate
  expect(refused).toMatchObject({ status: "error", words: expect.stringMatching(/credentials.*403.*Forbidden/) })
  expect(refused?.words).not.toMatch(/0123456789/)
  const none = await reading("datadog", datadogAnswers({}), { ...keys, queries: { latency_p99: latency } }, "")
  expect((await byMetric(none.reader)).latency_p99).toMatchObject({
    status: "no_data",
    words: expect.stringMatching(/none is watched/),
  })
  expect(none.server.asked).toHaveLength(0)
})

const TOKEN = "sentry-token-0123456789"
const sentryAnswers = (rate: number | null, sessions: number, hits: number) => {
  const known = ["project", "environment", "field", "query", "start", "end", "limit", "statsPeriod", "interval", "sort"]
  return ({ path, query, headers }: Asked): Answered => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { detail: "Invalid token" } }
    if ([...query.keys()].some((name) => !known.includes(name)))
      return { status: 400, body: { detail: "Unknown parameter" } }
    if (query.get("project") !== "42") return { status: 403, body: { detail: "You do not have permission" } }
    if (!(Date.parse(query.get("start") ?? "") < Date.parse(query.get("end") ?? "")))
      return { status: 400, body: { detail: "start must be before end" } }
    if (path === "/api/0/organizations/acme/sessions/") {
      expect(query.getAll("field")).toEqual(["crash_free_rate(session)", "sum(session)"])
      expect(query.get("query")).toBe('release:"postd@1.1.0"')
      const totals = { "crash_free_rate(session)": rate, "sum(session)": sessions }
      return { body: { groups: [{ by: {}, totals, series: {} }], start: "", end: "", intervals: [], query: "" } }
    }
    if (path === "/api/0/organizations/acme/issues/") {
      expect(query.get("query")).toBe('firstRelease:"postd@1.1.0"')
      const body = Array.from({ length: Math.min(100, hits) }, (_, n) => ({ id: String(n), title: "TypeError" }))
      return { body, headers: { "x-hits": String(hits), link: '<x>; rel="next"; results="true"' } }
    }
    return { status: 404, body: { detail: "Not found" } }
  }
}
const sentry = {
  organization: "acme",
  projects: [42],
  environment: "production",
  authToken: TOKEN,
  release: "postd@{{release.version}}",
}

test("sentry: sessions that did not crash, and issues that are new with the release, since it is live", async () => {
  const { server, reader } = await reading("sentry", sentryAnswers(0.985, 1_200, 230), sentry)
  expect(await byMetric(reader)).toMatchObject({
    crash_free_rate: { status: "good", value: 0.985, count: 1_200 },
    new_issues: { status: "good", value: 230 },
  })
  for (const { query } of server.asked) expect(Date.parse(query.get("start") ?? "")).toBe(LIVE_SINCE_MS)
})

test("sentry: no session yet is no figure; before a release nothing is asked; a wrong token is said, without it", async () => {
  const { reader } = await reading("sentry", sentryAnswers(null, 0, 0), sentry)
  expect(await byMetric(reader)).toMatchObject({ crash_free_rate: { status: "no_data" }, new_issues: { value: 0 } })
  const none = await reading("sentry", sentryAnswers(1, 1, 0), sentry, "")
  expect(await byMetric(none.reader)).toMatchObject({
    crash_free_rate: { status: "no_data" },
    new_issues: { status: "no_data" },
  })
  expect(none.server.asked).toHaveLength(0)
  const wrong = await reading("sentry", sentryAnswers(1, 1, 0), { ...sentry, authToken: "other-token-0123456789" })
  expect((await byMetric(wrong.reader)).new_issues).toMatchObject({
    status: "error",
    words: expect.stringMatching(/401.*Invalid token/),
  })
})

const settings = {
  datadog: {
    answer: datadogAnswers({ error_rate: [0.5] }),
    config: { ...keys, queries: { error_rate: { query: "x" } } },
  },
  sentry: { answer: sentryAnswers(1, 1, 0), config: sentry },
}
const kinds = ["datadog", "sentry"] as const
const troubles: [string, (server: Server) => void, string][] = [
  ["slow", ({ trouble }) => trouble.push(...Array(4).fill(() => undefined)), "error"],
  [
    "429, then an answer",
    ({ trouble }) =>
      trouble.push(
        ...Array(2).fill((res: { writeHead(s: number, h: object): { end(b: string): void } }) =>
          res.writeHead(429, { "retry-after": "0" }).end("{}"),
        ),
      ),
    "good",
  ],
  [
    "500",
    ({ trouble }) =>
      trouble.push(
        ...Array(20).fill((res: { writeHead(s: number): { end(b: string): void } }) => res.writeHead(500).end("oops")),
      ),
    "error",
  ],
  [
    "a truncated body",
    ({ trouble }) => trouble.push(...Array(4).fill((res: { end(b: string): void }) => res.end('{"data":{"attr'))),
    "error",
  ],
  [
    "a page",
    ({ trouble }) => trouble.push(...Array(4).fill((res: { end(b: string): void }) => res.end("<html>"))),
    "error",
  ],
]
test.each(kinds.flatMap((kind) => troubles.map(([name, make, status]) => ({ kind, name, make, status }))))(
  "$kind: $name gives $status, and never rejects",
  async ({ kind, make, status }) => {
    const { server, reader } = await reading(kind, settings[kind].answer, settings[kind].config)
    make(server)
    const samples = await reader.take()
    expect(samples.map((sample) => sample.status)).toEqual(samples.map(() => status))
    if (status === "error") for (const { words } of samples) expect(words).toMatch(/^(Datadog|Sentry)('s)? /)
  },
)

test.each(kinds)("%s: tried out, it says whether a rule could rest on it", async (kind) => {
  const { reader } = await reading(kind, settings[kind].answer, settings[kind].config)
  for (const { ok, words } of await reader.tryOut(AbortSignal.timeout(5_000))) expect(words, String(ok)).toMatch(/now/)
})
