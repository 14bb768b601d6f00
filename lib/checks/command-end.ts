import { sayDuration } from "./duration"
import type { Expectation, ProcessAnswer } from "./ports"

/** Whether a program ended by itself and with the exit code that it should end with. */
export function judgeEnd(
  end: ProcessAnswer,
  { exitCode, timeoutMs, inactivityTimeout }: { exitCode: number; timeoutMs: number; inactivityTimeout?: string },
): Expectation {
  if (end.endedBy === "timeout") {
    const expected = `within ${sayDuration(timeoutMs)}`
    return { what: "End", expected, actual: "was not done by then and was ended", ok: false }
  }
  if (end.endedBy === "inactivity") {
    const expected = `output at least every ${inactivityTimeout}`
    return { what: "End", expected, actual: "said nothing for that long and was ended", ok: false }
  }
  const actual = end.signal ? `none, ended by ${end.signal}` : String(end.exitCode)
  return { what: "Exit code", expected: String(exitCode), actual, ok: end.exitCode === exitCode }
}

export function sayEnd({ exitCode, signal }: ProcessAnswer): string {
  return signal ? signal : `exit code ${exitCode}`
}
