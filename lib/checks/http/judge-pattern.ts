import { short } from "../answer"
import type { Expectation, PatternAnswer } from "../ports"
import { shortPrintable } from "../printable"

/** A text against a pattern; what is shown of it is what matched, or else its beginning. */
export function judgePattern(
  what: string,
  pattern: string,
  text: string | undefined,
  match: (pattern: string, text: string) => PatternAnswer,
): Expectation {
  const expected = `matches ${short(pattern)}`
  if (text === undefined) return { what, expected, actual: "missing", ok: false }
  const answer = match(pattern, text)
  if ("error" in answer) return { what, expected, actual: answer.error, ok: false }
  const shown = answer.matched && answer.excerpt ? answer.excerpt : text
  return { what, expected, actual: shortPrintable(shown) || "nothing", ok: answer.matched, volatile: true }
}
