import type { IncomingHttpHeaders } from "node:http"
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const OWN = "https://postd.example"
const EVIL = "https://evil.example"
let service: Awaited<ReturnType<typeof startAnswering>>
let seen: { method?: string; headers: IncomingHttpHeaders }[] = []
let allow: (origin: string) => Record<string, string> = () => ({})
let status = 204
beforeAll(async () => {
  service = await startAnswering((req, res) => {
    seen.push({ method: req.method, headers: req.headers })
    if (req.method !== "OPTIONS") return void res.writeHead(200, allow(req.headers.origin ?? "")).end("{}")
    res.writeHead(status, allow(req.headers.origin ?? "")).end()
  })
})
afterAll(() => service.close())
beforeEach(() => {
  seen = []
  status = 204
})

const check = (config: Record<string, unknown>, headers: typeof allow) => {
  allow = headers
  return tryCheck("http", { url: service.url("/api/posts"), timeout: "3s", ...config })
}
const preflight = (cors: Record<string, unknown>, headers: typeof allow, config = {}) =>
  check({ ...config, expect: { cors: { origin: OWN, ...cors } } }, headers)
const strict = (origin: string) => ({
  ...(origin === OWN ? { "Access-Control-Allow-Origin": OWN, "Access-Control-Allow-Credentials": "true" } : {}),
  "Access-Control-Allow-Methods": "GET, PUT",
  "Access-Control-Allow-Headers": "Authorization, content-type",
  "Access-Control-Max-Age": "600",
})

describe("on the request itself", () => {
  const ask = (method: string, headers: typeof allow) =>
    check(
      { method: "OPTIONS", headers: { "Access-Control-Request-Method": method }, expect: { cors: { origin: OWN } } },
      headers,
    )

  test("the origin must be named, and the method that was asked for", async () => {
    expect((await ask("PUT", strict)).outcome).toBe("passed")
    expect(seen).toHaveLength(1)
    expect(seen[0]?.headers.origin).toBe(OWN)
    expect(said(await ask("DELETE", strict))).toContain("bad CORS method: DELETE / GET, PUT")
    const any = await check({ expect: { cors: { origin: OWN } } }, () => ({ "Access-Control-Allow-Origin": "*" }))
    expect(said(any)).toEqual([`bad CORS origin: ${OWN} / *`])
    expect(said(await check({ expect: { cors: { origin: OWN } } }, () => ({})))).toEqual([
      `bad CORS origin: ${OWN} / none allowed`,
    ])
  })

  test("credentials", async () => {
    const config = { expect: { cors: { origin: OWN, credentials: true } } }
    expect((await check(config, strict)).outcome).toBe("passed")
    expect(said(await check(config, () => ({ "Access-Control-Allow-Origin": OWN })))).toContain(
      "bad CORS credentials: true / missing",
    )
  })
})

describe("a preflight", () => {
  const asked = {
    method: "PUT",
    headers: ["Content-Type", "Authorization"],
    credentials: true,
    maxAge: "5m",
    notOrigin: EVIL,
  }

  test("is sent as a browser does it, and nothing else", async () => {
    const result = await preflight(asked, strict, {
      auth: { bearer: "t0ken" },
      headers: { Cookie: "sid=1", "X-Golive-Bypass": "let-me-in" },
    })
    expect(said(result)).toEqual([
      "ok CORS preflight: 2xx / 204",
      `ok CORS origin: ${OWN} / ${OWN}`,
      "ok CORS method: PUT / GET, PUT",
      "ok CORS header: content-type / authorization, content-type",
      "ok CORS header: authorization / authorization, content-type",
      "ok CORS credentials: true / true",
      "ok CORS max age: at least 5 min / 600 s",
      `ok CORS of a foreign origin: ${EVIL} not allowed / none allowed`,
    ])
    expect(result.outcome).toBe("passed")
    expect(seen.map(({ method }) => method)).toEqual(["OPTIONS", "OPTIONS"])
    expect(seen[0]?.headers).toMatchObject({
      origin: OWN,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "authorization,content-type",
      "x-golive-bypass": "let-me-in",
    })
    expect(seen[0]?.headers).not.toHaveProperty("authorization")
    expect(seen[0]?.headers).not.toHaveProperty("cookie")
    expect(seen[1]?.headers.origin).toBe(EVIL)
  })

  test("goes before the request where something is expected of that as well", async () => {
    const result = await check(
      { method: "PUT", body: {}, expect: { status: 200, cors: { origin: OWN, ...asked } } },
      strict,
    )
    expect(result.outcome).toBe("passed")
    expect(said(result).at(-1)).toBe("ok Status: 200 / 200")
    expect(seen.map(({ method }) => method)).toEqual(["OPTIONS", "OPTIONS", "PUT"])
  })

  test("each that is not allowed shows expected and actual", async () => {
    status = 403
    const result = await preflight({ ...asked, method: "DELETE", headers: ["x-api-key"], maxAge: "1h" }, (origin) => ({
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET",
      "Access-Control-Allow-Headers": "*",
      "Access-Control-Max-Age": "600",
    }))
    expect(said(result)).toEqual([
      "bad CORS preflight: 2xx / 403",
      `ok CORS origin: ${OWN} / ${OWN}`,
      "bad CORS method: DELETE / GET",
      "bad CORS header: x-api-key / *",
      "bad CORS credentials: true / missing",
      "bad CORS max age: at least 60 min / 600 s",
      `bad CORS of a foreign origin: ${EVIL} not allowed / ${EVIL} allowed`,
    ])
  })

  test("`*` stands for every origin, but not with credentials", async () => {
    const any = () => ({ "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" })
    expect((await preflight({ method: "GET", headers: ["x-a"] }, any)).outcome).toBe("passed")
    expect(said(await preflight({ headers: ["authorization"] }, any))).toContain("bad CORS header: authorization / *")
    expect(said(await preflight({ method: "GET", credentials: true }, any))).toContain(
      `bad CORS origin: ${OWN} / *, which does not count with credentials`,
    )
    expect(said(await preflight({ notOrigin: EVIL }, any))).toContain(
      `bad CORS of a foreign origin: ${EVIL} not allowed / * allowed`,
    )
  })

  test("no answer is no refusal", async () => {
    const cors = { origin: OWN, notOrigin: EVIL }
    const result = await tryCheck("http", { url: "http://127.0.0.1:1/", expect: { cors } })
    expect(said(result)).toEqual([
      "bad CORS preflight: an answer / connection refused",
      "bad CORS preflight of a foreign origin: an answer / connection refused",
    ])
    const refused = await tryCheck("http", { url: service.url("/"), expect: { cors } }, { allowPrivateNetwork: false })
    expect(refused.outcome).toBe("errored")
  })
})
