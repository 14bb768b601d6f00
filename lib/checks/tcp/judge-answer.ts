import { short } from "../answer"
import { sayDuration } from "../duration"
import { allTexts } from "../pattern"
import type { Expectation, PatternAnswer } from "../ports"
import type { TcpOpenExpect } from "./definition"
import type { AnswerRead } from "./read-answer"

type Match = (pattern: string, text: string) => PatternAnswer

export function expectsAnswer({ contains, matches }: TcpOpenExpect): boolean {
  return contains !== undefined || matches !== undefined
}

/** Everything that is expected of the answer is in what came so far. */
export function hasAll({ contains, matches }: TcpOpenExpect, text: string, match: Match): boolean {
  if (!allTexts(contains).every((wanted) => text.includes(wanted))) return false
  if (matches === undefined) return true
  const answer = match(matches, text)
  // A pattern that cannot be used gets no better by waiting.
  return "error" in answer || answer.matched
}

export function judgeAnswer(expect: TcpOpenExpect, read: AnswerRead, waitedMs: number, match: Match): Expectation[] {
  const { contains, matches } = expect
  const found = whatCame(read, waitedMs)
  const texts = allTexts(contains).map((text): Expectation => {
    const ok = read.text.includes(text)
    return {
      what: "Answer",
      expected: `contains ${short(text)}`,
      actual: ok ? "contains it" : found,
      ok,
      volatile: true,
    }
  })
  if (matches === undefined) return texts
  const answer = match(matches, read.text)
  const failed = "error" in answer ? answer.error : found
  const ok = !("error" in answer) && answer.matched
  const actual = ok ? short(("excerpt" in answer && answer.excerpt) || "an empty match") : failed
  return [...texts, { what: "Answer", expected: `matches ${matches}`, actual, ok, volatile: true }]
}

function whatCame({ text, ended }: AnswerRead, waitedMs: number): string {
  const ending = {
    enough: "",
    closed: ", then the connection was closed",
    reset: ", then the connection was reset",
    time: ` within ${sayDuration(waitedMs)}`,
    full: ", and more than is read",
  }[ended]
  return `${text.trim() === "" ? "nothing" : short(text)}${ending}`
}
