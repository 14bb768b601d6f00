import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { stableResult } from "../answer"

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
    if (url?.startsWith("/echo")) return void json(201, { url, method, headers, body }, { Location: "/posts/42" })
    if (url === "/secure-me") return void res.writeHead(301, { Location: "https://127.0.0.1/secure-me" }).end()
    if (url === "/elsewhere") return void res.writeHead(307, { Location: "/health?from=elsewhere" }).end()
    if (url === "/moved") return void res.writeHead(302, { Location: "/health" }).end()
    if (url === "/form") return void res.end('<input name="csrf" value="c5rf-t0ken"> \u0000 end')
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
      "bad Redirect: matches ^https:// / no redirect, 200",
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
      "bad Header strict-transport-security: max-age of at least 15552000 (180 days) / max-age=60",
      "bad Header content-security-policy: limits where scripts come from / missing",
      "bad Header x-frame-options: DENY or SAMEORIGIN, or frame-ancestors in the CSP / ALLOWALL",
    ])
  })

  test("a redirect is looked at, not followed", async () => {
    const redirect = { matches: "^https://www\\.facebook\\.com/.*[?&]state=" }
    expect((await check({ url: "/oauth", expect: { status: 302, redirect } })).outcome).toBe("passed")
    const followed = await check({ url: "/moved", followRedirects: 2, expect: { json: { "$.status": "ok" } } })
    expect(followed.outcome).toBe("passed")
    expect(JSON.stringify(followed.blocks)).toContain('"Redirects","value":"1"')
  })

  test.each([
    ["/secure-me", { to: "https", status: [301, 308] }, ["ok Status of the redirect: 301 or 308 / 301"], true],
    ["/elsewhere", { equals: "/health?from=elsewhere" }, [], true],
    ["/elsewhere", { status: "3xx" }, [], true],
    ["/elsewhere", { status: 308 }, ["bad Status of the redirect: 308 / 307"], false],
    [
      "/oauth",
      { to: "https" },
      ["bad Redirect: https://127.0.0.1/… / https://www.facebook.com/dialog?state=x1"],
      false,
    ],
    ["/moved", { to: "https" }, [], false],
    ["/health", { to: "https" }, ["bad Redirect: https://127.0.0.1/… / no redirect, 200"], false],
    ["/moved", { equals: "/login" }, [], false],
  ])("the redirect of %s is held against %j", async (url, redirect, lines, isGood) => {
    const result = await check({ url, expect: { redirect } })
    expect(result.outcome).toBe(isGood ? "passed" : "failed")
    expect(said(result)).toEqual(expect.arrayContaining(lines))
  })

  test.each([
    [200, "200"],
    ["2xx", "2xx"],
    ["200-299", "200-299"],
    [[404, "2xx"], "404 or 2xx"],
    [["500-599", 200], "500-599 or 200"],
  ])("a status may be %j", async (status, words) => {
    expect(said(await check({ url: "/health", expect: { status } }))).toEqual([`ok Status: ${words} / 200`])
  })

  test.each([
    [201, "201"],
    ["4xx", "4xx"],
    ["201-299", "201-299"],
    [[204, "3xx"], "204 or 3xx"],
  ])("or not: %j", async (status, words) => {
    expect(said(await check({ url: "/health", expect: { status } }))).toEqual([`bad Status: ${words} / 200`])
  })

  test("headers: short form, absence", async () => {
    const good = { "content-type": "application/json", "X-Powered-By": { absent: true } }
    expect((await check({ url: "/health", expect: { headers: good } })).outcome).toBe("passed")
    const bad = { "content-type": { absent: true }, Server: "nginx", Date: { matches: "^Mon.*1999" } }
    expect(said(await check({ url: "/health", expect: { headers: bad } }))).toEqual([
      "bad Header content-type: absent / application/json",
      "bad Header Server: nginx / missing",
      expect.stringMatching(/^bad Header Date: matches \^Mon\.\*1999 \/ \w{3}, /),
    ])
  })

  test("the body as text", async () => {
    const body = { equals: "nothing here", notContains: ["error", "stack"], size: ["> 0", "< 1KB"] }
    const good = await check({ url: "/nothing", expect: { status: 404, body } })
    expect(said(good)).toEqual([
      "ok Status: 404 / 404",
      "ok Body: does not contain error / does not contain it",
      "ok Body: does not contain stack / does not contain it",
      "ok Body: nothing here / nothing here",
      "ok Size of the body: > 0 / 12 bytes",
      "ok Size of the body: < 1KB / 12 bytes",
    ])
    const bad = { equals: "nothing here ", notContains: "thing", size: ">= 13" }
    expect(said(await check({ url: "/nothing", expect: { body: bad } }))).toEqual([
      "bad Body: does not contain thing / contains it: …nothing here…",
      "bad Body: nothing here / differs in white space",
      "bad Size of the body: >= 13 / 12 bytes",
    ])
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

describe("what is sent", () => {
  const echo = async (config: Record<string, unknown>, json: Record<string, unknown>) => {
    const result = await check({ url: "/echo", ...config, expect: { json } })
    return result.outcome === "errored" ? [result.summary] : said(result).filter((line) => !line.startsWith("ok"))
  }

  test("parameters, each encoded", async () => {
    const query = { q: "a b&c=d", page: 2, tag: ["x", "y"], deep: true }
    const url = "/echo?first=1&q=a+b%26c%3Dd&page=2&tag=x&tag=y&deep=true"
    expect(await echo({ url: "/echo?first=1", query }, { "$.url": url })).toEqual([])
  })

  test("texts, JSON and forms", async () => {
    const post = { method: "POST" }
    expect(await echo({ ...post, body: "plain" }, { "$.body": "plain" })).toEqual([])
    expect(
      await echo(
        { ...post, body: { a: [1] } },
        { "$.body": '{"a":[1]}', "$.headers['content-type']": "application/json" },
      ),
    ).toEqual([])
    expect(
      await echo(
        { ...post, form: { user: "ann & bob", ok: true } },
        {
          "$.body": "user=ann+%26+bob&ok=true",
          "$.headers['content-type']": "application/x-www-form-urlencoded",
        },
      ),
    ).toEqual([])
    const own = { "content-type": "application/vnd.api+json" }
    expect(
      await echo({ ...post, headers: own, body: {} }, { "$.headers['content-type']": "application/vnd.api+json" }),
    ).toEqual([])
  })

  test("what lets in is sent and not shown", async () => {
    expect(
      await echo({ auth: { bearer: "b3arer-t0ken" } }, { "$.headers.authorization": "Bearer b3arer-t0ken" }),
    ).toEqual([])
    const basic = { user: "ann", password: "pass:wörd" }
    const encoded = Buffer.from("ann:pass:wörd").toString("base64")
    expect(await echo({ auth: { basic } }, { "$.headers.authorization": `Basic ${encoded}` })).toEqual([])
    const result = await check({
      url: "/health",
      auth: { basic },
      headers: { Cookie: "sid=s3ssion", "X-Plain": "seen" },
    })
    const shown = JSON.stringify(result)
    expect(shown).toContain('["Authorization","Basic (hidden)"]')
    expect(shown).toContain('["X-Plain","seen"]')
    for (const hidden of [encoded, "s3ssion"]) expect(shown).not.toContain(hidden)
  })

  test("the request is part of the evidence, also without an answer", async () => {
    for (const url of ["/health", "/never"]) {
      const { blocks } = await check({ url, timeout: "300ms", method: "POST", body: "12345" })
      expect(blocks).toContainEqual(
        expect.objectContaining({
          title: "Request",
          rows: [
            ["POST", service.url(url)],
            ["Body", "5 bytes"],
          ],
        }),
      )
    }
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

  test("from headers, the status, and the first group of a pattern", async () => {
    const result = await check({
      url: "/echo",
      capture: {
        id: { header: "Location", matches: "/posts/(\\d+)$" },
        place: { header: "location" },
        code: "status",
        method: { body: '"method":"(\\w+)"' },
        whole: { body: "GET" },
      },
    })
    expect(result.captures).toEqual({ id: "42", place: "/posts/42", code: "201", method: "GET", whole: "GET" })
  })

  test("or they are not there", async () => {
    const capture = {
      id: { header: "X-Id" },
      number: { header: "location", matches: "\\d{5}" },
      csrf: { body: 'token="([^"]+)"' },
      slow: { body: '^(\\w+\\s?)*[!]$|^((\\{|"|\\w|.)+)+~$' },
      all: "$..*",
    }
    const lines = said(await check({ url: "/echo?padding=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", capture }))
    expect(lines.slice(1, 4)).toEqual([
      "bad Capture of id (header X-Id): captured / missing",
      "bad Capture of number (header location): captured / nothing matches",
      "bad Capture of csrf (the body): captured / nothing matches",
    ])
    expect(lines[4]).toBe("bad Capture of slow (the body): captured / the pattern took longer than 200 ms")
    expect(lines[5]).toMatch(/^bad Capture of all \(\$\.\.\*\): captured \/ \d+ values$/)
  })
})

describe("runs", () => {
  test("a run again of what did not change gives an equal result", async () => {
    const config = {
      url: "/health",
      expect: {
        status: 200,
        headers: { date: { present: true } },
        securityHeaders: ["hsts"],
        json: { "$.status": "ok", "$.checks[0].ms": "< 5" },
        latencyBelow: "2s",
      },
    }
    expect(stableResult(await check(config))).toEqual(stableResult(await check(config)))
  })

  test("a stop ends the waiting", async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error("enough")), 100)
    const result = await check({ url: "/never" }, { signal: stop.signal })
    expect(result.outcome).toBe("errored")
    expect(result.tookMs).toBeLessThan(2_000)
  })

  test("what cannot be stored is not in the evidence", async () => {
    const result = await check({ url: "/form", expect: { body: { contains: "nowhere", matches: "^never" } } })
    expect(result.outcome).toBe("failed")
    expect(JSON.stringify(result)).not.toContain("\\u0000")
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
