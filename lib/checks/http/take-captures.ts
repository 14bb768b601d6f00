import type { Expectation, HttpAnswer } from "../ports"
import type { Capture, HttpConfig } from "./config-schema"
import { parseJson } from "./parse-json"
import { queryJson } from "./query-json"
import { TooSlow, withinTime } from "./within-time"

const PATTERN_LIMIT_MS = 200
const LONGEST_TEXT = 2_000_000
type Taken = { value: string } | { missing: string }

/** The values that later checks get. What is missing, or no single value, is an expectation that is not met. */
export function takeCaptures(config: HttpConfig, answer: HttpAnswer) {
  const captures: Record<string, string> = {}
  const expectations = Object.entries(config.capture ?? {}).map(([name, from]): Expectation => {
    const taken = take(from, answer)
    if ("value" in taken) captures[name] = taken.value
    const ok = "value" in taken
    const what = `Capture of ${name} (${sourceInWords(from)})`
    return { what, expected: "captured", actual: ok ? "captured" : taken.missing, ok }
  })
  return { captures: config.capture ? captures : undefined, expectations }
}

function take(from: Capture, answer: HttpAnswer): Taken {
  if (from === "status") return { value: String(answer.status) }
  if (typeof from === "string") return takeJson(from, answer.body)
  if ("body" in from) return takeGroup(from.body, answer.body)
  const value = Object.entries(answer.headers).find(([name]) => name === from.header.toLowerCase())?.[1]
  if (value === undefined) return { missing: "missing" }
  return from.matches === undefined ? { value } : takeGroup(from.matches, value)
}

function takeJson(path: string, body: string): Taken {
  const parsed = parseJson(body)
  if (!parsed.ok) return { missing: "the body is no JSON" }
  const { values } = queryJson(parsed.value, path)
  const [value] = values
  if (values.length === 0) return { missing: "missing" }
  if (values.length > 1) return { missing: `${values.length} values` }
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean"
  return isPlain ? { value: String(value) } : { missing: "no single value" }
}

/** The first group of a pattern, or all that matches where it has none. */
function takeGroup(pattern: string, text: string): Taken {
  if (text.length > LONGEST_TEXT) return { missing: `the text is longer than ${LONGEST_TEXT} characters` }
  try {
    const found = withinTime(() => new RegExp(pattern).exec(text), PATTERN_LIMIT_MS)
    if (!found) return { missing: "nothing matches" }
    const value = found.length > 1 ? found[1] : found[0]
    return value === undefined ? { missing: "the group matches nothing" } : { value }
  } catch (error) {
    if (error instanceof TooSlow) return { missing: `the pattern ${error.message}` }
    throw error
  }
}

function sourceInWords(from: Capture): string {
  if (typeof from === "string") return from
  return "body" in from ? "the body" : `header ${from.header}`
}
