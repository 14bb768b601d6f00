import { short } from "../answer"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import type { HttpConfig, HttpExpect } from "./definition"
import { judgePattern } from "./judge-pattern"

type Match = (pattern: string, text: string) => PatternAnswer

export function judgeHeaders(expected: HttpExpect["headers"], { headers }: HttpAnswer, match: Match): Expectation[] {
  return Object.entries(expected ?? {}).flatMap(([name, wanted]) => {
    const value = headers[name.toLowerCase()]
    const what = `Header ${name}`
    const actual = value === undefined ? "missing" : short(value)
    const found: Expectation[] = []
    if (wanted.equals !== undefined) found.push({ what, expected: wanted.equals, actual, ok: value === wanted.equals })
    if (wanted.matches !== undefined) found.push(judgePattern(what, wanted.matches, value, match))
    if (found.length === 0) {
      found.push({
        what,
        expected: "present",
        actual: value === undefined ? "missing" : "present",
        ok: value !== undefined,
      })
    }
    return found
  })
}

/** Half a year: shorter, and browsers forget between two visits. */
const LEAST_HSTS_S = 15_552_000

export function judgeSecurityHeaders(wanted: HttpExpect["securityHeaders"], { headers }: HttpAnswer): Expectation[] {
  return (wanted ?? []).map((name) => {
    const { header, expected, isGood } = SECURITY[name]
    const value = headers[header]
    const ok = value !== undefined && isGood(value)
    return { what: `Header ${header}`, expected, actual: value === undefined ? "missing" : short(value), ok }
  })
}

const SECURITY = {
  hsts: {
    header: "strict-transport-security",
    expected: `max-age of at least ${LEAST_HSTS_S}`,
    isGood: (value: string) =>
      Number(/(?:^|;)\s*max-age="?(\d{1,15})"?\s*(?:;|$)/i.exec(value)?.[1] ?? 0) >= LEAST_HSTS_S,
  },
  csp: {
    header: "content-security-policy",
    expected: "a default-src or script-src",
    isGood: (value: string) => /(?:^|[;,])\s*(?:default|script)-src\s/i.test(value),
  },
  "x-frame-options": {
    header: "x-frame-options",
    expected: "DENY or SAMEORIGIN",
    isGood: (value: string) => /^(?:deny|sameorigin)$/i.test(value.trim()),
  },
}

/** What a browser would look at before it lets a page of that origin read the answer. */
export function judgeCors(config: HttpConfig, { headers }: HttpAnswer): Expectation[] {
  const { cors } = config.expect
  if (!cors) return []
  const allowed = headers["access-control-allow-origin"]
  const origin: Expectation = {
    what: "CORS origin",
    expected: cors.origin,
    actual: allowed === undefined ? "none allowed" : short(allowed),
    ok: allowed === cors.origin,
  }
  const method = headerOf(config.headers, "access-control-request-method")
  if (config.method !== "OPTIONS" || !method) return [origin]
  const methods = headers["access-control-allow-methods"]
  const list = (methods ?? "").split(",").map((name) => name.trim().toUpperCase())
  const safelisted = ["GET", "HEAD", "POST"].includes(method.toUpperCase())
  const ok = safelisted || list.includes(method.toUpperCase()) || list.includes("*")
  return [origin, { what: "CORS method", expected: method, actual: methods ? short(methods) : "none named", ok }]
}

export function headerOf(headers: Record<string, string> | undefined, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
}
