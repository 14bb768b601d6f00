import { short } from "../answer"
import { comparisonOf, holds, numberOf, type Operator } from "../comparison"
import type { Expectation, HttpAnswer, PatternAnswer } from "../ports"
import { shortPrintable } from "../printable"
import type { AnswerExpectation } from "./expect-schema"
import { type JsonExpectation, listJsonExpectations } from "./json-expectation"
import { parseJson } from "./parse-json"
import { type Found, queryJson } from "./query-json"
import { sameJson } from "./same-json"

type Match = (pattern: string, text: string) => PatternAnswer
/** Each may be shown, and held against a pattern. */
const MOST_VALUES = 200

/** What is asked of each value; `say` tells of a value that is not so, where the value itself says too little. */
type Question = { expected: string; holds: (value: unknown) => boolean; say?: (value: unknown) => string; moves?: true }

export function judgeJson(expected: AnswerExpectation["json"], { body }: HttpAnswer, match: Match): Expectation[] {
  const wanted = listJsonExpectations(expected)
  if (wanted.length === 0) return []
  const parsed = parseJson(body)
  return wanted.flatMap((one) => {
    const found = parsed.ok ? queryJson(parsed.value, one.path) : { values: [], isOne: true }
    const judgements = [...judgeThere(one, found), ...questionsOf(one, match).map((ask) => judgeEach(one, found, ask))]
    return parsed.ok ? judgements : judgements.map((each) => ({ ...each, actual: "the body is no JSON", ok: false }))
  })
}

function judgeThere({ path, exists, count }: JsonExpectation, { values }: Found): Expectation[] {
  const found: Expectation[] = []
  if (exists !== undefined) {
    // The value may be what the check is careful not to show: a token, for one.
    const ok = values.length > 0 === exists
    const say = (there: boolean) => (there ? "there" : "missing")
    found.push({ what: path, expected: say(exists), actual: say(values.length > 0), ok })
  }
  if (count !== undefined) {
    const { ok, expected, moves } = amountIs(count, values.length)
    const actual = `found ${values.length} times`
    found.push({ what: path, expected: `found ${expected} times`, actual, ok, ...(moves ? { volatile: true } : {}) })
  }
  return found
}

/** Of several values all must be so, and there must be one. */
function judgeEach({ path }: JsonExpectation, { values, isOne }: Found, ask: Question): Expectation {
  if (values.length > MOST_VALUES) throw new Error(`"${path}" finds ${values.length} values: more than ${MOST_VALUES}`)
  const bad = values.filter((value) => !ask.holds(value))
  const ok = values.length > 0 && bad.length === 0
  const shown = ok ? values[0] : bad[0]
  const said = values.length === 0 ? "missing" : (!ok && ask.say?.(shown)) || showJson(shown)
  const amount = ok ? `so in all ${values.length}` : `${said} (${bad.length} of ${values.length})`
  const actual = isOne || values.length === 0 ? said : amount
  const moves = ask.moves || (!isOne && ok)
  return { what: path, expected: ask.expected, actual, ok, ...(moves ? { volatile: true as const } : {}) }
}

function questionsOf(wanted: JsonExpectation, match: Match): Question[] {
  const { equals, not, matches, contains, length, type } = wanted
  const asked: Question[] = []
  if (equals !== undefined) asked.push({ expected: showJson(equals), holds: (value) => sameJson(value, equals) })
  if (not !== undefined)
    asked.push({ expected: `not ${showJson(not)}`, holds: (value) => !sameJson(value, not), moves: true })
  if (matches !== undefined) asked.push(askMatches(matches, match))
  if (contains !== undefined) {
    asked.push({
      expected: `contains ${showJson(contains)}`,
      holds: (value) => doesContain(value, contains),
      moves: true,
    })
  }
  for (const operator of ["<", "<=", ">", ">="] as const) {
    const limit = wanted[operator]
    if (limit !== undefined) asked.push(askNumber(operator, limit))
  }
  if (length !== undefined) {
    const { expected, moves } = amountIs(length, 0)
    const holdsFor = (value: unknown) => {
      const size = lengthOf(value)
      return size !== null && amountIs(length, size).ok
    }
    const say = (value: unknown) =>
      lengthOf(value) === null ? `${showJson(value)}, which has no length` : `${lengthOf(value)}`
    asked.push({ expected: `a length of ${expected}`, holds: holdsFor, say, ...(moves ? { moves } : {}) })
  }
  if (type !== undefined)
    asked.push({ expected: `of type ${type}`, holds: (value) => isOfType(value, type), moves: true })
  return asked
}

function askMatches(pattern: string, match: Match): Question {
  const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value))
  let fault = ""
  const holdsFor = (value: unknown) => {
    const answer = match(pattern, textOf(value))
    if ("error" in answer) fault = answer.error
    return !("error" in answer) && answer.matched
  }
  return { expected: `matches ${short(pattern)}`, holds: holdsFor, say: () => fault, moves: true }
}

function askNumber(operator: Operator, wanted: number | string): Question {
  const limit = typeof wanted === "number" ? wanted : numberOf(wanted.trim())
  if (limit === null) throw new Error(`"${short(String(wanted), 60)}" is no number`)
  return {
    expected: `${operator} ${wanted}`,
    holds: (value) => typeof value === "number" && holds(operator, value, limit),
    say: (value) => (typeof value === "number" ? "" : `${showJson(value)}, which is no number`),
    moves: true,
  }
}

function amountIs(wanted: number | string, actual: number): { ok: boolean; expected: string; moves?: true } {
  if (typeof wanted === "number") return { ok: actual === wanted, expected: String(wanted) }
  const { operator, limit, said } = comparisonOf(wanted)
  return { ok: holds(operator, actual, limit), expected: said, moves: true }
}

function doesContain(value: unknown, part: unknown): boolean {
  if (typeof value === "string") return typeof part === "string" && value.includes(part)
  return Array.isArray(value) && value.some((each) => sameJson(each, part))
}

function lengthOf(value: unknown): number | null {
  if (typeof value === "string") return [...value].length
  if (Array.isArray(value)) return value.length
  return value !== null && typeof value === "object" ? Object.keys(value).length : null
}

function isOfType(value: unknown, type: NonNullable<JsonExpectation["type"]>): boolean {
  if (type === "null") return value === null
  if (type === "array") return Array.isArray(value)
  if (type === "integer") return Number.isInteger(value)
  if (type === "object") return value !== null && typeof value === "object" && !Array.isArray(value)
  return typeof value === type
}

function showJson(value: unknown): string {
  return shortPrintable(JSON.stringify(value) ?? "nothing")
}
