import { errored, judged, short } from "../answer"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { type CheckRunner, type Expectation, type HttpAnswer, HttpFault, type HttpRequest } from "../ports"
import { definition, type HttpConfig, httpConfigSchema } from "./definition"
import { judgeBody, judgeJson, takeCaptures } from "./judge-body"
import { headerOf, judgeCors, judgeHeaders, judgeSecurityHeaders } from "./judge-headers"
import { judgePattern } from "./judge-pattern"
import { showAnswer } from "./show-answer"

/** Sends the request once. That no answer came is a failed check; that none was asked for is one that could not be made. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = httpConfigSchema.parse(rawConfig)
  const timeoutMs = Math.min(
    ports.timeoutMs,
    timeLimitMs(config.timeout, definition.limits.timeoutMs, definition.limits.longestTimeoutMs),
  )
  ports.log("info", `${config.method} ${config.url}\n`)
  let answer: HttpAnswer
  try {
    answer = await ports.http(requestOf(config, timeoutMs))
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error
    ports.log("err", `${error.message}\n`)
    if (error.reason === "refused" || error.reason === "invalid") return errored(error.message)
    const expected = `an answer within ${sayDuration(timeoutMs)}`
    return judged([{ what: "Answer", expected, actual: error.message, ok: false, volatile: true }], [], { passed: "" })
  }
  ports.log("info", `${answer.status} in ${answer.tookMs} ms\n`)
  const { captures, expectations: captured } = takeCaptures(config, answer)
  const expectations = [...judge(config, answer, ports.match), ...captured]
  return judged(expectations, showAnswer(config, answer), {
    passed: `${config.method} ${short(config.url)} answered ${answer.status} as expected`,
    captures,
  })
}

function requestOf(config: HttpConfig, timeoutMs: number): HttpRequest {
  const { url, method, body, expect, followRedirects } = config
  const headers = { ...config.headers }
  if (expect.cors && headerOf(headers, "origin") === undefined) headers.Origin = expect.cors.origin
  const isText = typeof body === "string"
  if (body !== undefined && !isText && headerOf(headers, "content-type") === undefined) {
    headers["Content-Type"] = "application/json"
  }
  return {
    ...{ url, method, headers, timeoutMs, followRedirects },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  }
}

function judge(config: HttpConfig, answer: HttpAnswer, match: Parameters<typeof judgePattern>[3]): Expectation[] {
  const { expect } = config
  const found = [
    ...judgeHeaders(expect.headers, answer, match),
    ...judgeSecurityHeaders(expect.securityHeaders, answer),
    ...judgeCors(config, answer),
    ...judgeBody(expect.body, answer, match),
    ...judgeJson(expect.json, answer, match),
    ...(expect.redirect ? [judgePattern("Redirect", expect.redirect.matches, redirectOf(answer), match)] : []),
    ...(expect.latencyBelow ? [judgeLatency(checkDurationMs(expect.latencyBelow), answer)] : []),
  ]
  const wanted = expect.status ?? (found.length === 0 ? "2xx" : undefined)
  return wanted === undefined ? found : [judgeStatus(wanted, answer.status), ...found]
}

function judgeStatus(wanted: number | number[] | string, status: number): Expectation {
  const ok =
    typeof wanted === "string"
      ? Math.floor(status / 100) === Number(wanted[0])
      : [wanted].flat().some((one) => one === status)
  const expected = Array.isArray(wanted) ? wanted.join(" or ") : String(wanted)
  return { what: "Status", expected, actual: String(status), ok }
}

function redirectOf({ headers, url }: HttpAnswer): string | undefined {
  const { location } = headers
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : location
}

function judgeLatency(limitMs: number, { tookMs }: HttpAnswer): Expectation {
  const [expected, actual] = [`below ${sayDuration(limitMs)}`, sayDuration(tookMs)]
  return { what: "Latency", expected, actual, ok: tookMs < limitMs, volatile: true }
}
