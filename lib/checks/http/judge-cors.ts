import { short } from "../answer"
import { checkDurationMs, sayDuration } from "../duration"
import type { Expectation, HttpAnswer } from "../ports"
import type { HttpConfig } from "./config-schema"
import { asksPreflight } from "./describe-config"
import type { CorsExpectation } from "./expect-schema"
import { headerOf } from "./judge-headers"

type Headers = HttpAnswer["headers"]

/** The answer to the request itself, as a browser would look at it before a page of that origin may read it. */
export function judgeCors(config: HttpConfig, { headers }: HttpAnswer): Expectation[] {
  const { cors } = config.expect
  if (!cors || asksPreflight(cors)) return []
  const allowed = headers["access-control-allow-origin"]
  const found: Expectation[] = [
    { what: "CORS origin", expected: cors.origin, actual: shown(allowed, "none allowed"), ok: allowed === cors.origin },
    ...(cors.credentials ? [judgeCredentials(headers)] : []),
  ]
  const method = headerOf(config.headers, "access-control-request-method")
  return config.method === "OPTIONS" && method ? [...found, judgeMethod(method, headers, false)] : found
}

/** The answer to a preflight request. */
export function judgePreflight(cors: CorsExpectation, method: string, { status, headers }: HttpAnswer): Expectation[] {
  const credentials = cors.credentials === true
  const allowed = headers["access-control-allow-origin"]
  const isAny = allowed === "*"
  return [
    { what: "CORS preflight", expected: "2xx", actual: String(status), ok: status >= 200 && status <= 299 },
    {
      what: "CORS origin",
      expected: credentials ? cors.origin : `${cors.origin} or *`,
      actual: isAny && credentials ? "*, which does not count with credentials" : shown(allowed, "none allowed"),
      ok: allowed === cors.origin || (isAny && !credentials),
    },
    judgeMethod(method, headers, credentials),
    ...(cors.headers ?? []).map((name) => judgeHeader(name, headers, credentials)),
    ...(credentials ? [judgeCredentials(headers)] : []),
    ...(cors.maxAge ? [judgeMaxAge(checkDurationMs(cors.maxAge), headers)] : []),
  ]
}

/** The answer to a preflight request of an origin that must not be let in. */
export function judgeRefusal(origin: string, { headers }: HttpAnswer): Expectation {
  const allowed = headers["access-control-allow-origin"]
  return {
    what: "CORS of a foreign origin",
    expected: `${origin} not allowed`,
    actual: allowed === undefined ? "none allowed" : `${short(allowed) || "empty"} allowed`,
    ok: allowed !== origin && allowed !== "*",
  }
}

function judgeMethod(wanted: string, headers: Headers, credentials: boolean): Expectation {
  const method = wanted.toUpperCase()
  const list = listOf(headers["access-control-allow-methods"]).map((name) => name.toUpperCase())
  // Browsers ask for these and take any answer.
  const safelisted = ["GET", "HEAD", "POST"].includes(method)
  const ok = safelisted || list.includes(method) || (list.includes("*") && !credentials)
  return { what: "CORS method", expected: method, actual: list.join(", ") || "none named", ok }
}

function judgeHeader(name: string, headers: Headers, credentials: boolean): Expectation {
  const list = listOf(headers["access-control-allow-headers"]).map((one) => one.toLowerCase())
  const wanted = name.toLowerCase()
  // `*` never stands for this one.
  const byStar = list.includes("*") && !credentials && wanted !== "authorization"
  return {
    what: "CORS header",
    expected: wanted,
    actual: short(list.join(", ")) || "none named",
    ok: list.includes(wanted) || byStar,
  }
}

function judgeCredentials(headers: Headers): Expectation {
  const value = headers["access-control-allow-credentials"]
  return { what: "CORS credentials", expected: "true", actual: shown(value, "missing"), ok: value === "true" }
}

function judgeMaxAge(leastMs: number, headers: Headers): Expectation {
  const value = headers["access-control-max-age"]
  const ok = value !== undefined && /^\d{1,10}$/.test(value.trim()) && Number(value) * 1_000 >= leastMs
  const actual = value === undefined ? "missing" : `${short(value)} s`
  return { what: "CORS max age", expected: `at least ${sayDuration(leastMs)}`, actual, ok }
}

function listOf(value: string | undefined): string[] {
  return (value ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
}

function shown(value: string | undefined, none: string): string {
  return value === undefined ? none : short(value) || "empty"
}
