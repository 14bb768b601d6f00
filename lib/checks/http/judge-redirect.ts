import { short } from "../answer"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import type { AnswerExpectation } from "./expect-schema"
import { judgePattern } from "./judge-pattern"
import { judgeStatus } from "./judge-status"

export function judgeRedirect(
  expected: AnswerExpectation["redirect"],
  answer: HttpAnswer,
  match: (pattern: string, text: string) => PatternAnswer,
): Expectation[] {
  if (!expected) return []
  const target = targetOf(answer)
  const missing = answer.status >= 300 && answer.status <= 399 ? "no target" : `no redirect, ${answer.status}`
  const actual = target === undefined ? missing : short(target)
  const found: Expectation[] = []
  if (expected.status !== undefined) found.push(judgeStatus(expected.status, answer.status, "Status of the redirect"))
  if (expected.equals !== undefined) {
    const wanted = URL.canParse(expected.equals, answer.url)
      ? new URL(expected.equals, answer.url).href
      : expected.equals
    found.push({ what: "Redirect", expected: short(wanted), actual, ok: target === wanted })
  }
  if (expected.matches !== undefined) {
    const judged = judgePattern("Redirect", expected.matches, target, match)
    found.push(target === undefined ? { ...judged, actual } : judged)
  }
  if (expected.to === "https") {
    const host = new URL(answer.url).hostname
    const ok = target !== undefined && URL.canParse(target) && isSecure(new URL(target), host)
    found.push({ what: "Redirect", expected: `https://${host}/…`, actual, ok, volatile: true })
  }
  if (found.every(({ what }) => what !== "Redirect")) {
    found.push({ what: "Redirect", expected: "a target", actual, ok: target !== undefined, volatile: true })
  }
  return found
}

function isSecure({ protocol, hostname }: URL, host: string): boolean {
  return protocol === "https:" && hostname === host
}

/** Where a reader is sent, as a whole address. */
function targetOf({ status, headers, url }: HttpAnswer): string | undefined {
  const { location } = headers
  if (location === undefined || status < 300 || status > 399) return undefined
  return URL.canParse(location, url) ? new URL(location, url).href : location
}
