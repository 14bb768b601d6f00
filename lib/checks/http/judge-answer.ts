import { checkDurationMs, sayDuration } from "../duration"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import type { AnswerExpectation } from "./expect-schema"
import { judgeBody } from "./judge-body"
import { judgeHeaders } from "./judge-headers"
import { judgeJson } from "./judge-json"
import { judgeRedirect } from "./judge-redirect"
import { judgeSecurityHeaders } from "./judge-security-headers"
import { judgeStatus } from "./judge-status"

/** One answer against what is expected of it. Where nothing is expected, here or in `others`, a good status is. */
export function judgeAnswer(
  expect: AnswerExpectation,
  answer: HttpAnswer,
  match: (pattern: string, text: string) => PatternAnswer,
  others: Expectation[] = [],
): Expectation[] {
  const found = [
    ...judgeHeaders(expect.headers, answer, match),
    ...judgeSecurityHeaders(expect.securityHeaders, answer),
    ...others,
    ...judgeBody(expect.body, answer, match),
    ...judgeJson(expect.json, answer, match),
    ...judgeRedirect(expect.redirect, answer, match),
    ...(expect.latencyBelow ? [judgeLatency(checkDurationMs(expect.latencyBelow), answer.tookMs)] : []),
  ]
  const status = expect.status ?? (found.length === 0 ? "2xx" : undefined)
  return status === undefined ? found : [judgeStatus(status, answer.status), ...found]
}

export function judgeLatency(limitMs: number, tookMs: number, what = "Latency"): Expectation {
  const [expected, actual] = [`below ${sayDuration(limitMs)}`, sayDuration(tookMs)]
  return { what, expected, actual, ok: tookMs < limitMs, volatile: true }
}
