import { short } from "../answer"
import type { Expectation, HttpAnswer } from "../ports"
import { type AnswerExpectation, type SecurityHeader, STANDARD_HEADERS } from "./expect-schema"
import { limitsFrames, readPolicies, weaknessOfScripts } from "./read-csp"

type Headers = HttpAnswer["headers"]
type Verdict = { ok: boolean; found: string }

/** Half a year: shorter, and browsers forget between two visits. */
const LEAST_HSTS_DAYS = 180
const DAY_S = 86_400

/** Each header must be there and be strong: one that is there and forbids nothing is worth nothing. */
export function judgeSecurityHeaders(wanted: AnswerExpectation["securityHeaders"], answer: HttpAnswer): Expectation[] {
  const names = wanted === "standard" ? STANDARD_HEADERS : (wanted ?? [])
  return names.map((name) => {
    const { header, expected, look } = SECURITY[name]
    const { ok, found } = look(answer.headers[header], answer.headers)
    return { what: `Header ${header}`, expected, actual: found, ok }
  })
}

const SECURITY: Record<
  SecurityHeader,
  { header: string; expected: string; look: (value: string | undefined, headers: Headers) => Verdict }
> = {
  hsts: {
    header: "strict-transport-security",
    expected: `max-age of at least ${LEAST_HSTS_DAYS * DAY_S} (${LEAST_HSTS_DAYS} days)`,
    look: (value) => {
      const seconds = /(?:^|;)\s*max-age\s*=\s*"?(\d{1,15})"?\s*(?:;|$)/i.exec(value ?? "")?.[1]
      return { ok: Number(seconds ?? 0) >= LEAST_HSTS_DAYS * DAY_S, found: shown(value) }
    },
  },
  csp: { header: "content-security-policy", expected: "limits where scripts come from", look: lookAtPolicy },
  "x-frame-options": {
    header: "x-frame-options",
    expected: "DENY or SAMEORIGIN, or frame-ancestors in the CSP",
    look: (value, headers) => {
      if (/^(deny|sameorigin)$/i.test(value?.trim() ?? "")) return { ok: true, found: shown(value) }
      const byPolicy = readPolicies(headers["content-security-policy"] ?? "").some(limitsFrames)
      return { ok: byPolicy, found: byPolicy ? "frame-ancestors in the CSP" : shown(value) }
    },
  },
  "x-content-type-options": {
    header: "x-content-type-options",
    expected: "nosniff",
    look: (value) => ({ ok: value?.split(",")[0]?.trim().toLowerCase() === "nosniff", found: shown(value) }),
  },
  "referrer-policy": {
    header: "referrer-policy",
    expected: "a policy that keeps paths from other sites",
    look: (value) => {
      // The last one that a browser knows counts.
      const known = (value ?? "").split(",").map((word) => word.trim().toLowerCase())
      const counts = known.findLast((word) => GOOD_REFERRERS.has(word) || WEAK_REFERRERS.has(word))
      return { ok: counts !== undefined && GOOD_REFERRERS.has(counts), found: shown(value) }
    },
  },
}

const GOOD_REFERRERS = new Set([
  ...["no-referrer", "same-origin", "origin", "strict-origin"],
  ...["origin-when-cross-origin", "strict-origin-when-cross-origin"],
])
const WEAK_REFERRERS = new Set(["unsafe-url", "no-referrer-when-downgrade"])

function lookAtPolicy(value: string | undefined, headers: Headers): Verdict {
  const policies = readPolicies(value ?? "")
  if (policies.length === 0) {
    const onlyReports = headers["content-security-policy-report-only"] !== undefined
    return { ok: false, found: onlyReports ? "only a report-only policy" : value === undefined ? "missing" : "empty" }
  }
  const weaknesses = policies.map(weaknessOfScripts)
  // A page must satisfy every policy: one strong one is enough.
  if (weaknesses.includes(null)) return { ok: true, found: shown(value) }
  return { ok: false, found: `${weaknesses[0]}: ${shown(value)}` }
}

function shown(value: string | undefined): string {
  return value === undefined ? "missing" : short(value) || "empty"
}
