import { short } from "../answer"
import { comparisonOf, holds } from "../comparison"
import { allTexts } from "../pattern"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import { shortPrintable } from "../printable"
import type { AnswerExpectation } from "./expect-schema"
import { judgePattern } from "./judge-pattern"

export function judgeBody(
  expected: AnswerExpectation["body"],
  { body }: HttpAnswer,
  match: (pattern: string, text: string) => PatternAnswer,
): Expectation[] {
  if (!expected) return []
  const what = "Body"
  const found = allTexts(expected.contains).map((text): Expectation => {
    const ok = body.includes(text)
    return { what, expected: `contains ${short(text)}`, actual: ok ? "contains it" : shown(body), ok }
  })
  for (const text of allTexts(expected.notContains)) {
    const at = body.indexOf(text)
    const around = `…${shortPrintable(body.slice(Math.max(0, at - 40), at + text.length + 40))}…`
    const actual = at < 0 ? "does not contain it" : `contains it: ${around}`
    found.push({ what, expected: `does not contain ${short(text)}`, actual, ok: at < 0 })
  }
  if (expected.equals !== undefined) {
    const ok = body === expected.equals
    found.push({
      what,
      expected: shown(expected.equals),
      actual: ok ? shown(body) : difference(body, expected.equals),
      ok,
    })
  }
  if (expected.matches !== undefined) found.push(judgePattern(what, expected.matches, body, match))
  for (const text of allTexts(expected.size)) {
    const { operator, limit, said } = comparisonOf(text)
    const bytes = Buffer.byteLength(body)
    const ok = holds(operator, bytes, limit)
    found.push({ what: "Size of the body", expected: said, actual: `${bytes} bytes`, ok, volatile: true })
  }
  return found
}

function shown(body: string): string {
  return body.trim() === "" ? "an empty body" : shortPrintable(body)
}

/** Long texts differ where nobody sees it: where that is, and what stands there. */
function difference(actual: string, wanted: string): string {
  const most = Math.min(actual.length, wanted.length)
  let at = 0
  while (at < most && actual[at] === wanted[at]) at += 1
  if (at < 100) return actual.trim() === wanted.trim() && actual !== wanted ? "differs in white space" : shown(actual)
  return `differs from character ${at + 1} on: …${shortPrintable(actual.slice(at - 20, at + 100), 150)}`
}
