import { short } from "../answer"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import type { AnswerExpectation } from "./expect-schema"
import { judgePattern } from "./judge-pattern"

type Match = (pattern: string, text: string) => PatternAnswer

export function judgeHeaders(
  expected: AnswerExpectation["headers"],
  { headers }: HttpAnswer,
  match: Match,
): Expectation[] {
  return Object.entries(expected ?? {}).flatMap(([name, given]) => {
    const wanted = typeof given === "string" ? { equals: given } : given
    const value = Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined
    const what = `Header ${name}`
    const actual = value === undefined ? "missing" : short(value) || "empty"
    if ("absent" in wanted && wanted.absent) {
      return [{ what, expected: "absent", actual: value === undefined ? "absent" : actual, ok: value === undefined }]
    }
    const found: Expectation[] = []
    if (wanted.equals !== undefined) {
      found.push({ what, expected: short(wanted.equals) || "empty", actual, ok: value === wanted.equals })
    }
    if ("matches" in wanted && wanted.matches !== undefined) {
      found.push(judgePattern(what, wanted.matches, value, match))
    }
    if (found.length === 0) {
      const there = value === undefined ? "missing" : "present"
      found.push({ what, expected: "present", actual: there, ok: value !== undefined })
    }
    return found
  })
}

export function headerOf(headers: Record<string, string> | undefined, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
}
