import { short } from "../answer"
import { checkDurationMs, sayDuration } from "../duration"
import { allTexts } from "../pattern"
import { type HttpConfig, MOST_AT_ONCE } from "./config-schema"
import { type AnswerExpectation, type HttpExpect, STANDARD_HEADERS } from "./expect-schema"
import { type JsonExpectation, listJsonExpectations } from "./json-expectation"
import { sayStatus } from "./judge-status"

/** What is sent and what is expected, one short sentence each. */
export function describeConfig(config: HttpConfig): string[] {
  const { method, url, load, expect, capture, tls } = config
  const words = load ? describeLoad(load) : describeExpect(expect)
  return [
    ...(onlyPreflight(config) ? [] : [`${method} ${short(url, 250)}`]),
    ...describeCors(config),
    ...words,
    ...(tls?.allowInvalid ? ["the certificate is not checked"] : []),
    ...Object.keys(capture ?? {}).map((name) => `keeps ${name} for later checks`),
  ].map((sentence) => short(sentence, 290))
}

/** Nothing is asked of the request itself. */
export function onlyPreflight({ expect, capture, load }: HttpConfig): boolean {
  if (load || capture || !asksPreflight(expect.cors)) return false
  return Object.entries(expect).every(([name, value]) => name === "cors" || value === undefined)
}

export function asksPreflight(cors: HttpExpect["cors"]): boolean {
  return cors !== undefined && Boolean(cors.method || cors.headers || cors.maxAge || cors.notOrigin)
}

function describeCors({ url, expect, method }: HttpConfig): string[] {
  const { cors } = expect
  if (!cors) return []
  const asked = (cors.method ?? (method === "OPTIONS" ? "GET" : method)).toUpperCase()
  return [
    ...(asksPreflight(cors) ? [`CORS preflight for ${asked} ${short(url, 200)}`] : []),
    `pages of ${cors.origin} may use it${cors.credentials ? ", with credentials" : ""}`,
    ...(cors.headers ? [`and send ${cors.headers.join(", ")}`] : []),
    ...(cors.notOrigin ? [`pages of ${cors.notOrigin} may not`] : []),
  ]
}

function describeLoad({
  requests,
  concurrency,
  all,
  some,
  within,
  p50Below,
  p99Below,
}: NonNullable<HttpConfig["load"]>) {
  const limit = (text: string) => `within ${sayDuration(checkDurationMs(text))}`
  return [
    `${requests} times, ${Math.min(requests, concurrency ?? MOST_AT_ONCE)} at once`,
    ...(all || !some ? [`every answer: ${describeExpect(all ?? {}).join(", ")}`] : []),
    ...(some ? [`at least one answer: ${describeExpect(some).join(", ")}`] : []),
    ...(within ? [`all of them ${limit(within)}`] : []),
    ...(p50Below ? [`half of the answers ${limit(p50Below)}`] : []),
    ...(p99Below ? [`99 of 100 answers ${limit(p99Below)}`] : []),
  ]
}

function describeExpect(expect: AnswerExpectation | HttpExpect): string[] {
  const { status, headers, securityHeaders, body, json, redirect, latencyBelow } = expect
  const security = securityHeaders === "standard" ? STANDARD_HEADERS : securityHeaders
  const cors = "cors" in expect && expect.cors
  const words = [
    ...(status === undefined ? [] : [`answers ${sayStatus(status)}`]),
    ...Object.entries(headers ?? {}).map(([name, wanted]) => `header ${name} ${describeHeader(wanted)}`),
    ...(security ? [`security headers are strong: ${security.join(", ")}`] : []),
    ...describeBody(body),
    ...listJsonExpectations(json).flatMap(describeJson),
    ...describeRedirect(redirect),
    ...(latencyBelow ? [`within ${sayDuration(checkDurationMs(latencyBelow))}`] : []),
  ]
  return words.length > 0 || cors ? words : ["answers 2xx"]
}

function describeHeader(wanted: NonNullable<AnswerExpectation["headers"]>[string]): string {
  if (typeof wanted === "string") return `is ${short(wanted, 100)}`
  if (wanted.absent) return "is absent"
  const words = [
    ...(wanted.equals === undefined ? [] : [`is ${short(wanted.equals, 100)}`]),
    ...(wanted.matches === undefined ? [] : [`matches ${short(wanted.matches, 100)}`]),
  ]
  return words.join(" and ") || "is present"
}

function describeBody(body: AnswerExpectation["body"]): string[] {
  if (!body) return []
  return [
    ...(body.equals === undefined ? [] : [`the body is ${short(body.equals, 100) || "empty"}`]),
    ...allTexts(body.contains).map((text) => `the body contains ${short(text, 100)}`),
    ...allTexts(body.notContains).map((text) => `the body does not contain ${short(text, 100)}`),
    ...(body.matches === undefined ? [] : [`the body matches ${short(body.matches, 100)}`]),
    ...allTexts(body.size).map((text) => `the body's size is ${text}`),
  ]
}

function describeRedirect(redirect: AnswerExpectation["redirect"]): string[] {
  if (!redirect) return []
  const { equals, matches, to, status } = redirect
  return [
    ...(equals === undefined ? [] : [`redirects to ${short(equals, 150)}`]),
    ...(matches === undefined ? [] : [`redirects to what matches ${short(matches, 150)}`]),
    ...(to === undefined ? [] : ["redirects to HTTPS"]),
    ...(status === undefined ? [] : [`the redirect is a ${sayStatus(status)}`]),
  ]
}

/** `$.status is ok`, `$.items has a length >= 1`. */
function describeJson(wanted: JsonExpectation): string[] {
  const say = (value: unknown) => short(typeof value === "string" ? value : JSON.stringify(value), 100) || '""'
  const { path, equals, not, exists, matches, contains, length, count, type } = wanted
  const words = [
    ...(equals === undefined ? [] : [`is ${say(equals)}`]),
    ...(not === undefined ? [] : [`is not ${say(not)}`]),
    ...(exists === undefined ? [] : [exists ? "is there" : "is not there"]),
    ...(matches === undefined ? [] : [`matches ${say(matches)}`]),
    ...(contains === undefined ? [] : [`contains ${say(contains)}`]),
    ...(["<", "<=", ">", ">="] as const).flatMap((operator) =>
      wanted[operator] === undefined ? [] : [`is ${operator} ${wanted[operator]}`],
    ),
    ...(length === undefined ? [] : [`has a length ${typeof length === "number" ? `of ${length}` : length}`]),
    ...(count === undefined ? [] : [`is found ${count} times`]),
    ...(type === undefined ? [] : [`is of type ${type}`]),
  ]
  return words.map((sentence) => `${path} ${sentence}`)
}
