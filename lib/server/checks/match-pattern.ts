import { runInNewContext } from "node:vm"
import type { PatternAnswer } from "@/lib/checks/ports"

const LONGEST_PATTERN = 500
const LONGEST_TEXT = 2_000_000
const TIME_LIMIT_MS = 200
/** How often it is tried when the time went by without this process having been at work. */
const TRIES = 5
const EXCERPT_CHARS = 300

/**
 * A pattern that somebody wrote against a text that somebody else sent. It runs where it can be interrupted: some patterns
 * would take years on some texts. The limit goes by the clock; on a machine that had other work to do meanwhile it is tried
 * again, so that only the pattern itself can be too slow.
 */
export function matchPattern(pattern: string, text: string): PatternAnswer {
  if (pattern.length > LONGEST_PATTERN) return { error: `the pattern is longer than ${LONGEST_PATTERN} characters` }
  if (text.length > LONGEST_TEXT) return { error: `the text is longer than ${LONGEST_TEXT} characters` }
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage()
    try {
      const found = interruptible(pattern, text)
      return typeof found === "string" ? { matched: true, excerpt: found } : { matched: false, excerpt: null }
    } catch (error) {
      const late = (error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
      if (!late) return { error: "the pattern is no regular expression" }
      const { user, system } = process.cpuUsage(before)
      const workedMs = (user + system) / 1_000
      if (tries >= TRIES || workedMs > TIME_LIMIT_MS * 0.75) {
        return { error: `the pattern took longer than ${TIME_LIMIT_MS} ms` }
      }
    }
  }
}

function interruptible(pattern: string, text: string): unknown {
  return runInNewContext(
    "{ const found = new RegExp(pattern).exec(text); found === null ? null : found[0].slice(0, most) }",
    { pattern, text, most: EXCERPT_CHARS },
    { timeout: TIME_LIMIT_MS },
  )
}
