import type { IncomingMessage, ServerResponse } from "node:http"
import { afterEach, expect, test } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { runCli, TOKEN } from "./run-cli.fixture"

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"
const ME = {
  me: { id: ID, name: "Lea", email: "lea@postd.example", roles: ["tech_lead"], allowed: [] },
  tokenScopes: ["read"],
}
const GO = {
  go: true,
  blockers: [],
  window: { open: true, opensAt: null, closesAt: null },
  overridden: false,
  renewable: [],
}

type Answer = (req: IncomingMessage, res: ServerResponse, body: string) => void
interface Seen {
  method?: string
  url?: string
  key?: string | string[]
  authorization?: string
  body: string
}

let stop: (() => Promise<void>) | undefined
afterEach(() => stop?.())

/** A server that gives these answers in turn; the last one stays. */
async function answering(...answers: Answer[]) {
  const seen: Seen[] = []
  const server = await startAnswering((req, res, body) => {
    const { method, url, headers } = req
    seen.push({ method, url, key: headers["idempotency-key"], authorization: headers.authorization, body })
    answers[Math.min(seen.length, answers.length) - 1]?.(req, res, body)
  })
  stop = server.close
  return { url: server.url("").replace(/\/$/, ""), seen }
}

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_req, res) => {
    res.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
    res.end(JSON.stringify(value))
  }
const problem = (status: number, more: Record<string, unknown>, headers: Record<string, string> = {}) =>
  json({ type: "urn:x", title: "T", status, code: "x", detail: "D", ...more }, status, {
    "content-type": "application/problem+json",
    ...headers,
  })
const plain =
  (status: number, text: string, type = "text/html"): Answer =>
  (_req, res) => {
    res.writeHead(status, { "content-type": type })
    res.end(text)
  }
const reset: Answer = (req) => req.socket.destroy()
const hang: Answer = () => undefined

test("asks with the token and says the answer", async () => {
  const { url, seen } = await answering(json(ME))
  const { code, out, err } = await runCli(["whoami"], { url })
  expect({ code, err }).toEqual({ code: 0, err: "" })
  expect(out).toContain("Lea <lea@postd.example>")
  expect(out).toContain("Tech Lead")
  expect(seen).toMatchObject([{ method: "GET", url: "/api/v1/me", authorization: `Bearer ${TOKEN}` }])
  expect(JSON.parse((await runCli(["whoami", "--json"], { url })).out)).toEqual(ME)
  expect((await runCli(["whoami", "--quiet"], { url })).out).toBe("")
})

test("429 is waited out as Retry-After asks, 503 and a reset are tried again", async () => {
  const { url, seen } = await answering(
    problem(429, {}, { "retry-after": "1" }),
    plain(503, "starting"),
    reset,
    json(ME),
  )
  const began = performance.now()
  expect((await runCli(["whoami"], { url })).code).toBe(0)
  expect(seen).toHaveLength(4)
  expect(performance.now() - began).toBeGreaterThan(1_000)
})

test("a Retry-After beyond the time is not waited for", async () => {
  const { url, seen } = await answering(problem(429, { detail: "Too many." }, { "retry-after": "3600" }))
  const { code, err } = await runCli(["whoami", "--timeout", "5s"], { url })
  expect(code).toBe(5)
  expect(err).toContain("Too many.")
  expect(seen).toHaveLength(1)
})

test("an act is repeated with its own key, also while its first try is still under way", async () => {
  const underWay = { detail: "The first request with this Idempotency-Key is still under way.", code: "conflict" }
  const { url, seen } = await answering(reset, problem(409, underWay), json({ release: {}, events: [] }))
  expect((await runCli(["release", "abort", ID], { url })).code).toBe(0)
  expect(seen).toHaveLength(3)
  expect(new Set(seen.map(({ key }) => key)).size).toBe(1)
  expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/)
  await runCli(["release", "abort", ID, "--idempotency-key", "job-7"], { url })
  expect(seen.at(-1)?.key).toBe("job-7")
})

test("a conflict on the first try is an answer", async () => {
  const { url, seen } = await answering(problem(409, { detail: "Nothing is under way." }))
  const { code, err } = await runCli(["release", "abort", ID], { url })
  expect({ code, err }).toEqual({ code: 1, err: "Nothing is under way.\n" })
  expect(seen).toHaveLength(1)
})

test("an answer that is cut off is asked for again", async () => {
  const cut: Answer = (_req, res) => {
    res.writeHead(200, { "content-type": "application/json" })
    res.end('{"me":{"name":"Le')
  }
  const { url, seen } = await answering(cut, json(ME))
  expect((await runCli(["whoami"], { url })).code).toBe(0)
  expect(seen).toHaveLength(2)
})

test.each<[string, Answer, RegExp]>([
  ["no answer", hang, /did not answer in time/],
  ["connections reset", reset, /cannot be reached/],
  ["always 503", problem(503, { detail: "No database." }), /No database/],
  ["a page instead of JSON", plain(200, "<html>Sign in</html>"), /is no JSON/],
  ["404 without words", plain(404, "nothing here"), /Is this the address of a console/],
  ["500", problem(500, { detail: "Request 7 failed." }), /Request 7 failed/],
  ["JSON of something else", json({ hello: 1 }), /has no "me"/],
  ["a list", json([]), /has no "me"/],
])("%s: exit code 5", async (_name, answer, words) => {
  const { url } = await answering(answer)
  const began = performance.now()
  const { code, out, err } = await runCli(["whoami", "--timeout", "900ms"], { url })
  expect({ code, out }).toEqual({ code: 5, out: "" })
  expect(err).toMatch(words)
  expect(performance.now() - began).toBeLessThan(3_000)
})

test("nobody there: exit code 5", async () => {
  const { url } = await answering(hang)
  await stop?.()
  const { code, err } = await runCli(["whoami", "--timeout", "500ms"], { url })
  expect(code).toBe(5)
  expect(err).toContain("connection refused")
})

test("redirects are not followed, least of all with the token", async () => {
  const elsewhere = await answering(json(ME))
  const stopElsewhere = stop
  const { url } = await answering((_req, res) => res.writeHead(302, { location: `${elsewhere.url}/api/v1/me` }).end())
  const { code, err } = await runCli(["whoami"], { url })
  await stopElsewhere?.()
  expect(code).toBe(5)
  expect(err).toContain("redirects to")
  expect(elsewhere.seen).toEqual([])
})

test.each([
  [401, "The token is unknown, revoked or has expired."],
  [403, "This token may not do that."],
])("%i: exit code 6", async (status, detail) => {
  const { url, seen } = await answering(problem(status, { detail }))
  const { code, err } = await runCli(["whoami"], { url })
  expect({ code, err }).toEqual({ code: 6, err: `${detail}\n` })
  expect(seen).toHaveLength(1)
})

test("a refusal comes with its fields and blockers; as JSON with all of it", async () => {
  const refusal = {
    detail: "It is not ready.",
    errors: [{ field: "ref", message: "must be a git branch" }],
    blockers: [{ code: "signoff_pending", message: "Security has not signed.", role: "security", href: "/releases/7" }],
  }
  const { url } = await answering(problem(409, refusal))
  const { code, err } = await runCli(["release", "start", ID], { url })
  expect(code).toBe(1)
  expect(err).toBe(
    `It is not ready.\n  ref: must be a git branch\n  Security has not signed. (Security can clear it: ${url}/releases/7)\n`,
  )
  const inJson = await runCli(["release", "start", ID, "--json"], { url })
  expect(JSON.parse(inJson.out)).toMatchObject(refusal)
})

test("the gate: 0 for go, 1 for no with what is in the way", async () => {
  const { url } = await answering(json(GO))
  expect(await runCli(["gate", ID], { url })).toEqual({ code: 0, out: "Go.\n", err: "" })
  await stop?.()
  const no = {
    ...GO,
    go: false,
    blockers: [{ code: "window_closed", message: "The window is closed.", role: "tech_lead" }],
  }
  const shut = await answering(json(no))
  const { code, out } = await runCli(["gate", ID], { url: shut.url })
  expect(code).toBe(1)
  expect(out).toBe("No: 1 in its way.\n  The window is closed. (Tech Lead can clear it)\n")
  const inJson = await runCli(["gate", ID, "--json"], { url: shut.url })
  expect(inJson.code).toBe(1)
  expect(JSON.parse(inJson.out)).toEqual(no)
})

test("what servers say cannot steer a terminal or a CI system, and the token is never said", async () => {
  const message = `\u001b[2J\u001b]0;title\u0007\u009b31mRed\u202e\r::set-env name=X::y ##[error]z ${TOKEN}`
  const no = { ...GO, go: false, blockers: [{ code: "window_closed", message }] }
  const { url } = await answering(json(no))
  for (const more of [[], ["--json"], ["--debug"]]) {
    const { out, err } = await runCli(["gate", ID, ...more], { url })
    expect(out + err).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u)
    expect(out + err).not.toContain(TOKEN)
    if (more.length === 0) expect(out).not.toMatch(/^\s*::|##\[/m)
  }
})

test("releases are found by id, as the latest, and by version, over several pages", async () => {
  const entry = (index: number, environment: string, version: string) => ({
    ...{
      id: `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`,
      name: version,
      version,
      status: "preparing",
    },
    service: { key: "postd", name: "POSTD" },
    environment: { key: environment, name: environment, locked: false },
    ...{ items: { total: 1, done: 0 }, signoffs: { total: 1, signed: 0 } },
    createdAt: new Date(1_700_000_000_000 - index * 1_000).toISOString(),
  })
  const all = Array.from({ length: 450 }, (_, index) =>
    entry(index, index < 3 ? "staging" : "production", `1.${index}.0`),
  )
  const { url } = await answering((req, res, body) => {
    const query = new URL(req.url ?? "", "http://x").searchParams
    const before = query.get("before")
    const rest = all.filter(({ createdAt }) => !before || createdAt < before).slice(0, Number(query.get("limit")))
    json({ releases: rest })(req, res, body)
  })
  const id = async (...args: string[]) => (await runCli(["open", ...args, "--json"], { url })).out
  expect(await id(ID)).toContain(ID)
  expect(await id("latest", "--service", "postd", "--environment", "production")).toContain(all[3]?.id)
  expect(await id("postd/production@1.449.0")).toContain(all[449]?.id)
  expect(await id("postd/production@v1.201.0")).toContain(all[201]?.id)
  const none = await runCli(["open", "postd/production@2.0.0"], { url })
  expect(none).toEqual({ code: 1, out: "", err: "There is no release of version 2.0.0 for postd/production.\n" })
  const listed = await runCli(["release", "list", "--environment", "production", "--limit", "2"], { url })
  expect(
    listed.out
      .trim()
      .split("\n")
      .map((line) => line.slice(0, 8)),
  ).toEqual(["00000003", "00000004"])
})
