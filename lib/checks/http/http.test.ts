import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const SECURE = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "Content-Security-Policy": "default-src 'self'",
  "X-Frame-Options": "DENY",
}
let service: Awaited<ReturnType<typeof startAnswering>>
beforeAll(async () => {
  service = await startAnswering((req, res, body) => {
    const { url, method, headers } = req
    const json = (status: number, value: unknown, more: Record<string, string> = {}) =>
      res.writeHead(status, { "Content-Type": "application/json", ...more }).end(JSON.stringify(value))
    if (url === "/health") return void json(200, { status: "ok", version: "1.2.0", checks: [{ name: "db", ms: 3 }] })
    if (url === "/secure") return void res.writeHead(200, SECURE).end("<h1>React</h1>")
    if (url === "/weak") {
      return void res
        .writeHead(200, { "Strict-Transport-Security": "max-age=60", "X-Frame-Options": "ALLOWALL" })
        .end("<h1>Hello</h1>")
    }
    if (url === "/oauth") return void res.writeHead(302, { Location: "https://www.facebook.com/dialog?state=x1" }).end()
    if (url === "/cors" && method === "OPTIONS") {
      return void res
        .writeHead(204, {
          "Access-Control-Allow-Origin": headers.origin ?? "",
          "Access-Control-Allow-Methods": "GET, PUT",
        })
        .end()
    }
    if (url === "/any-origin") return void res.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end()
    if (url === "/login")
      return void json(200, { access_token: "tok-1234567890", got: JSON.parse(body) }, { "Set-Cookie": "sid=abc" })
    if (url === "/slow") return void setTimeout(() => res.end("late"), 400)
    if (url === "/never") return
    res.writeHead(404, { "Content-Type": "text/plain" }).end("nothing here")
  })
})
afterAll(() => service.close())

const check = (config: Record<string, unknown>, options = {}) =>
  tryCheck("http", { timeout: "3s", ...config, url: service.url(String(config.url)) }, options)

describe("what is expected is compared", () => {
  test("all of it may be so", async () => {
    const result = await check({
      url: "/health",
      expect: {
        status: "2xx",
        headers: { "content-type": { matches: "^application/json" }, Date: { present: true } },
        body: { contains: ["ok", "1.2.0"], matches: '"version":"\\d+' },
        json: [
          { path: "$.status", equals: "ok" },
          { path: "$.checks[0]", equals: { ms: 3, name: "db" } },
          { path: "$.version", matches: "^1\\.", exists: true },
          { path: "$.error", exists: false },
        ],
        latencyBelow: "2s",
      },
    })
    expect(said(result).filter((line) => !line.startsWith("ok"))).toEqual([])
    expect(result).toMatchObject({ outcome: "passed", leftBehind: [] })
    expect(result.expectations).toHaveLength(12)
  })

  test("each that is not so shows expected and actual", async () => {
    const result = await check({
      url: "/health",
      expect: {
        status: [201, 204],
        headers: { "content-type": { equals: "text/html" }, "X-Nothing": { present: true } },
        body: { contains: "sorry", matches: "^sorry" },
        json: [
          { path: "$.status", equals: "broken" },
          { path: "$.checks[7].name", exists: true },
        ],
        redirect: { matches: "^https://" },
      },
    })
    expect(result.outcome).toBe("failed")
    expect(said(result)).toEqual([
      "bad Status: 201 or 204 / 200",
      "bad Header content-type: text/html / application/json",
      "bad Header X-Nothing: present / missing",
      expect.stringMatching(/^bad Body: contains sorry \/ \{"status":"ok"/),
      expect.stringMatching(/^bad Body: matches \^sorry \/ \{"status":"ok"/),
      'bad $.status: "broken" / "ok"',
      "bad $.checks[7].name: there / missing",
      "bad Redirect: matches ^https:// / missing",
    ])
    expect(result.summary).toBe("Status: expected 201 or 204, got 200 (and 7 more)")
  })

  test("where nothing is expected, a good status is", async () => {
    expect(await check({ url: "/health" })).toMatchObject({ outcome: "passed" })
    expect(said(await check({ url: "/nothing" }))).toEqual(["bad Status: 2xx / 404"])
  })

  test("security headers, there and strict", async () => {
    const securityHeaders = ["hsts", "csp", "x-frame-options"]
    expect((await check({ url: "/secure", expect: { securityHeaders } })).outcome).toBe("passed")
    expect(said(await check({ url: "/weak", expect: { securityHeaders } }))).toEqual([
      "bad Header strict-transport-security: max-age of at least 15552000 / max-age=60",
      "bad Header content-security-policy: a default-src or script-src / missing",
      "bad Header x-frame-options: DENY or SAMEORIGIN / ALLOWALL",
    ])
  })

  test("CORS as a browser sees it", async () => {
    const ask = (method: string, url = "/cors") =>
      check({
        ...{ url, method: url === "/cors" ? "OPTIONS" : "GET" },
        headers: { "Access-Control-Request-Method": method },
        expect: { cors: { origin: "https://postd.example" } },
      })
    expect((await ask("PUT")).outcome).toBe("passed")
    expect(said(await ask("DELETE"))).toContain("bad CORS method: DELETE / GET, PUT")
    expect(said(await ask("GET", "/any-origin"))).toContain("bad CORS origin: https://postd.example / *")
  })

  test("a redirect is looked at, not followed", async () => {
    const expected = { status: 302, redirect: { matches: "^https://www\\.facebook\\.com/.*[?&]state=" } }
    expect((await check({ url: "/oauth", expect: expected })).outcome).toBe("passed")
  })

  test("latency", async () => {
    const [line] = said(await check({ url: "/slow", expect: { latencyBelow: "100ms" } }))
    expect(line).toMatch(/^bad Latency: below 100 ms \/ [45]\d\d ms$/)
  })

  test("a pattern that would take years is an expectation that is not met", async () => {
    const result = await check({ url: "/weak", expect: { body: { matches: "^(<|h|1|>|H|e|l|o|/|.)+x$" } } })
    expect(result.outcome).toBe("failed")
  })
})

describe("captures", () => {
  const login = {
    url: "/login",
    method: "POST",
    body: { email: "a@b.example" },
    capture: { access_token: "$.access_token" },
  }

  test("are for later checks and appear nowhere else", async () => {
    const result = await check({ ...login, expect: { json: [{ path: "$.got.email", equals: "a@b.example" }] } })
    expect(result).toMatchObject({ outcome: "passed", captures: { access_token: "tok-1234567890" } })
    const { captures, ...shown } = result
    expect(JSON.stringify(shown)).not.toContain("tok-1234567890")
    expect(JSON.stringify(shown)).not.toContain("sid=abc")
  })

  test("what cannot be captured is not met", async () => {
    const result = await check({ ...login, capture: { access_token: "$.token", all: "$.got" } })
    expect(said(result)).toEqual([
      "ok Status: 2xx / 200",
      "bad Capture of access_token ($.token): captured / missing",
      "bad Capture of all ($.got): captured / no single value",
    ])
    expect(result.captures).toBeUndefined()
  })
})

describe("without an answer", () => {
  test("the check failed: nobody there, too late", async () => {
    expect(await tryCheck("http", { url: "http://127.0.0.1:1/" })).toMatchObject({
      outcome: "failed",
      summary: "Answer: expected an answer within 10 s, got connection refused",
    })
    const late = await check({ url: "/never", timeout: "300ms" })
    expect(late).toMatchObject({
      outcome: "failed",
      summary: expect.stringContaining("no complete answer within 300 ms"),
    })
    expect(late.tookMs).toBeLessThan(2_000)
  })

  test("the check could not be made: refused addresses, no addresses", async () => {
    const config = { url: service.url("/health") }
    const refused = await tryCheck("http", config, { allowPrivateNetwork: false })
    expect(refused).toMatchObject({ outcome: "errored", summary: expect.stringContaining("loopback address") })
    for (const url of ["file:///etc/passwd", "nothing", "http://169.254.169.254/"]) {
      expect((await tryCheck("http", { url })).outcome).toBe("errored")
    }
  })
})
