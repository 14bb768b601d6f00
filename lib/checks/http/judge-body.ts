import { isDeepStrictEqual } from "node:util"
import { short } from "../answer"
import { allTexts } from "../pattern"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import type { HttpConfig, HttpExpect } from "./definition"
import { parseJsonPath, readJsonPath } from "./json-path"
import { judgePattern } from "./judge-pattern"

type Match = (pattern: string, text: string) => PatternAnswer

export function judgeBody(expected: HttpExpect["body"], { body }: HttpAnswer, match: Match): Expectation[] {
  const texts = allTexts(expected?.contains).map((text) => {
    const ok = body.includes(text)
    return { what: "Body", expected: `contains ${short(text)}`, actual: ok ? "contains it" : shortBody(body), ok }
  })
  return expected?.matches === undefined ? texts : [...texts, judgePattern("Body", expected.matches, body, match)]
}

export function judgeJson(expected: HttpExpect["json"], { body }: HttpAnswer, match: Match): Expectation[] {
  if (!expected?.length) return []
  const parsed = parseJson(body)
  return expected.flatMap(({ path, equals, exists, matches }) => {
    const { found, value } = parsed.ok ? readJsonPath(parsed.value, parseJsonPath(path)) : NOTHING
    const actual = !parsed.ok ? "the body is no JSON" : found ? short(JSON.stringify(value)) : "missing"
    const answers: Expectation[] = []
    if (equals !== undefined) {
      const ok = found && isDeepStrictEqual(value, equals)
      answers.push({ what: path, expected: short(JSON.stringify(equals)), actual, ok })
    }
    if (exists !== undefined) {
      // The value may be what the check is careful not to show: a token, for one.
      const there = found ? "there" : parsed.ok ? "missing" : actual
      const ok = parsed.ok && found === exists
      answers.push({ what: path, expected: exists ? "there" : "missing", actual: there, ok })
    }
    if (matches !== undefined) {
      const text = found ? (typeof value === "string" ? value : JSON.stringify(value)) : undefined
      const answer = judgePattern(path, matches, text, match)
      answers.push(found ? answer : { ...answer, actual })
    }
    return answers
  })
}

/** The values that later checks get. What is missing, or no single value, is an expectation that is not met. */
export function takeCaptures(config: HttpConfig, { body }: HttpAnswer) {
  const captures: Record<string, string> = {}
  const parsed = config.capture ? parseJson(body) : null
  const expectations = Object.entries(config.capture ?? {}).map(([name, path]): Expectation => {
    const { found, value } = parsed?.ok ? readJsonPath(parsed.value, parseJsonPath(path)) : NOTHING
    const ok = found && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    if (ok) captures[name] = String(value)
    const actual = ok ? "captured" : !parsed?.ok ? "the body is no JSON" : found ? "no single value" : "missing"
    return { what: `Capture of ${name} (${path})`, expected: "captured", actual, ok }
  })
  return { captures: config.capture ? captures : undefined, expectations }
}

const NOTHING = { found: false, value: undefined }

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

function shortBody(body: string): string {
  return body.trim() === "" ? "an empty body" : short(body)
}
