import { runInNewContext } from "node:vm"
import type { PatternAnswer } from "@/lib/checks/ports"

const LONGEST_PATTERN = 500
const LONGEST_TEXT = 2_000_000
const TIME_LIMIT_MS = 200
const EXCERPT_CHARS = 300

/**
 * A pattern that somebody wrote against a text that somebody else sent. It runs where it can be interrupted: some patterns
 * would take years on some texts.
 */
export function matchPattern(pattern: string, text: string): PatternAnswer {
  if (pattern.length > LONGEST_PATTERN) return { error: `the pattern is longer than ${LONGEST_PATTERN} characters` }
  if (text.length > LONGEST_TEXT) return { error: `the text is longer than ${LONGEST_TEXT} characters` }
  try {
    const found: unknown = runInNewContext(
      "{ const found = new RegExp(pattern).exec(text); found === null ? null : found[0].slice(0, most) }",
      { pattern, text, most: EXCERPT_CHARS },
      { timeout: TIME_LIMIT_MS },
    )
    return typeof found === "string" ? { matched: true, excerpt: found } : { matched: false, excerpt: null }
  } catch (error) {
    const late = (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
    return { error: late ? `the pattern took longer than ${TIME_LIMIT_MS} ms` : "the pattern is no regular expression" }
  }
}
