import type { End } from "./end-of-release"
import type { Voice } from "./voice"

/** The last line of a following, and the exit code that it comes to. */
export function sayEnd(say: Voice, { exitCode, words, tone }: End): number {
  say.closing(words, tone)
  return exitCode
}
