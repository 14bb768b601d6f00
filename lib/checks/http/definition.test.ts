import { describe, expect, test } from "vitest"
import { definition } from "./definition"

const describeIt = (config: unknown) => definition.describe(definition.configSchema.parse(config))

describe("in words", () => {
  test.each([
    [
      {
        url: "{{env.baseUrl}}/health",
        expect: { status: 200, json: { "$.status": "ok" }, latencyBelow: "2s" },
      },
      ["GET {{env.baseUrl}}/health", "answers 200", "$.status is ok", "within 2 s"],
    ],
    [{ url: "http://x/" }, ["GET http://x/", "answers 2xx"]],
    [
      { url: "http://x/", expect: { cors: { origin: "https://a.example" } } },
      ["GET http://x/", "pages of https://a.example may use it"],
    ],
    [
      {
        url: "http://x/",
        expect: { cors: { origin: "https://a.example", method: "post", notOrigin: "https://b.example" } },
      },
      [
        "CORS preflight for POST http://x/",
        "pages of https://a.example may use it",
        "pages of https://b.example may not",
      ],
    ],
    [
      {
        url: "http://x/",
        expect: {
          status: ["2xx", 304],
          headers: { a: "b", c: { absent: true }, d: { present: true }, e: { matches: "^f" } },
          securityHeaders: "standard",
          body: { contains: ["g"], notContains: "h", size: "< 1KB" },
          json: { "$.i": "< 5", "$.j": { length: ">= 1", type: "array" }, "$.k": { exists: false }, "$.l": null },
          redirect: { to: "https" },
        },
        tls: { allowInvalid: true },
        capture: { token: "$.token" },
      },
      [
        "GET http://x/",
        "answers 2xx or 304",
        "header a is b",
        "header c is absent",
        "header d is present",
        "header e matches ^f",
        "security headers are strong: hsts, csp, x-frame-options",
        "the body contains g",
        "the body does not contain h",
        "the body's size is < 1KB",
        "$.i is < 5",
        "$.j has a length >= 1",
        "$.j is of type array",
        "$.k is not there",
        "$.l is null",
        "redirects to HTTPS",
        "the certificate is not checked",
        "keeps token for later checks",
      ],
    ],
    [
      { url: "http://x/", load: { requests: 30, some: { status: 429 }, within: "5s" } },
      ["GET http://x/", "30 times, 30 at once", "at least one answer: answers 429", "all of them within 5 s"],
    ],
  ])("%j", (config, words) => {
    expect(describeIt(config)).toEqual(words)
  })
})

describe("settings that do not fit", () => {
  test.each([
    [{ body: "x", form: { a: "b" } }, "only one of them"],
    [{ headers: { authorization: "x" }, auth: { bearer: "y" } }, "which is set already"],
    [{ tls: { servername: "x" }, followRedirects: 2 }, "leave `followRedirects` out"],
    [{ load: { requests: 2 }, expect: { status: 200 } }, "leave `expect` and `capture` out"],
    [{ load: { requests: 2 }, capture: { a: "$.a" } }, "leave `expect` and `capture` out"],
    [{ load: { requests: 501 } }, "500"],
    [{ load: { requests: 500, concurrency: 201 } }, "200"],
    [{ load: { requests: 2, all: { cors: { origin: "x" } } } }, "cors"],
    [{ expect: { status: "299-200" } }, "smaller status"],
    [{ expect: { status: "20x" } }, "2xx"],
    [{ expect: { headers: { a: { absent: true, equals: "b" } } } }, "cannot be anything else"],
    [{ expect: { redirect: {} } }, "must say where to"],
    [{ expect: { body: { size: "500KB" } } }, "must begin with an operator"],
    [{ expect: { securityHeaders: "some" } }, "securityHeaders"],
    [{ capture: { a: "token" } }, "capture"],
  ])("%j", (config, words) => {
    const parsed = definition.configSchema.safeParse({ url: "http://x/", ...config })
    expect(JSON.stringify(parsed.error?.issues)).toContain(words)
  })
})
