import { describe, expect, test } from "vitest"
import type { HttpAnswer } from "../ports"
import type { SecurityHeader } from "./expect-schema"
import { judgeSecurityHeaders } from "./judge-security-headers"

const judge = (wanted: "standard" | SecurityHeader[], headers: Record<string, string>) => {
  const answer: HttpAnswer = { status: 200, headers, body: "", url: "https://x/", redirects: [], tookMs: 1 }
  return judgeSecurityHeaders(wanted, answer)
}
const judgeOne = (name: SecurityHeader, header: string, value: string | undefined, more = {}) =>
  judge([name], { ...(value === undefined ? {} : { [header]: value }), ...more })[0]

test("`standard` are the three", () => {
  expect(judge("standard", {}).map(({ what, actual }) => `${what}: ${actual}`)).toEqual([
    "Header strict-transport-security: missing",
    "Header content-security-policy: missing",
    "Header x-frame-options: missing",
  ])
})

test.each([
  ["max-age=15552000", true],
  ["max-age=31536000; includeSubDomains; preload", true],
  ['includeSubDomains; MAX-AGE="31536000"', true],
  ["max-age=15551999", false],
  ["max-age=0", false],
  ["includeSubDomains", false],
  ["s-max-age=31536000", false],
  ["", false],
])("HSTS %s", (value, ok) => {
  expect(judgeOne("hsts", "strict-transport-security", value)).toMatchObject({ ok, actual: value || "empty" })
})

test.each([
  ["default-src 'self'"],
  ["default-src 'none'; script-src 'self' https://cdn.example"],
  ["script-src 'nonce-abc' 'unsafe-inline'"],
  ["script-src 'sha256-abc' 'unsafe-inline'"],
  ["script-src 'nonce-abc' 'strict-dynamic' https: 'unsafe-inline'"],
  ["default-src *; script-src 'self'"],
  ["default-src *, default-src 'self'"],
  ["DEFAULT-SRC 'self'; script-src-attr 'none'"],
])("a strong CSP: %s", (value) => {
  expect(judgeOne("csp", "content-security-policy", value)).toMatchObject({ ok: true, actual: value })
})

test.each([
  ["", "empty"],
  [" ; ", "empty"],
  ["upgrade-insecure-requests", "no default-src or script-src: upgrade-insecure-requests"],
  ["default-src 'self' 'unsafe-inline'", "'unsafe-inline' in default-src: default-src 'self' 'unsafe-inline'"],
  ["script-src *", "* in script-src: script-src *"],
  ["script-src 'self' https:", "https: in script-src: script-src 'self' https:"],
  ["script-src data: 'nonce-a'", "data: in script-src: script-src data: 'nonce-a'"],
  // The first of one name counts.
  ["script-src *; script-src 'self'", "* in script-src: script-src *; script-src 'self'"],
])("a weak CSP: %s", (value, actual) => {
  expect(judgeOne("csp", "content-security-policy", value)).toMatchObject({ ok: false, actual })
})

test("a policy that only reports is none", () => {
  const more = { "content-security-policy-report-only": "default-src 'self'" }
  expect(judgeOne("csp", "content-security-policy", undefined, more)).toMatchObject({
    ok: false,
    actual: "only a report-only policy",
  })
})

describe("frames", () => {
  test.each([
    ["DENY", {}, true],
    ["sameorigin", {}, true],
    ["ALLOW-FROM https://x.example", {}, false],
    ["DENY, SAMEORIGIN", {}, false],
    [undefined, { "content-security-policy": "frame-ancestors 'none'" }, true],
    [undefined, { "content-security-policy": "frame-ancestors 'self' https://x.example" }, true],
    [undefined, { "content-security-policy": "frame-ancestors *" }, false],
    [undefined, { "content-security-policy": "frame-ancestors https:" }, false],
    [undefined, { "content-security-policy": "default-src 'self'" }, false],
  ])("%s %j", (value, more, ok) => {
    expect(judgeOne("x-frame-options", "x-frame-options", value, more)?.ok).toBe(ok)
  })
})

test.each([
  ["x-content-type-options", "nosniff", true],
  ["x-content-type-options", "NoSniff", true],
  ["x-content-type-options", "sniff", false],
  ["x-content-type-options", undefined, false],
  ["referrer-policy", "strict-origin-when-cross-origin", true],
  ["referrer-policy", "unsafe-url, no-referrer", true],
  ["referrer-policy", "no-referrer, unsafe-url", false],
  ["referrer-policy", "no-referrer, something-new", true],
  ["referrer-policy", "no-referrer-when-downgrade", false],
  ["referrer-policy", "", false],
] as const)("%s: %s", (name, value, ok) => {
  expect(judgeOne(name, name, value)?.ok).toBe(ok)
})
