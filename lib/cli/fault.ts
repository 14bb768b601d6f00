import { exits } from "./exits"

/** Why a command ends without having done what it was asked: an exit code and words for people. */
export class Fault extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
    readonly more: {
      /** Lines below the sentence: fields, blockers. */
      lines?: string[]
      /** The console's own answer, for `--json`. */
      problem?: unknown
    } = {},
  ) {
    super(message)
  }
}

/** The command line itself is at fault: its command's usage is shown with it. */
export class UsageFault extends Fault {
  constructor(
    message: string,
    readonly command: readonly string[] = [],
  ) {
    super(exits.usage, message)
  }
}

/** What does not know of which command it is has its complaint say so. */
export function ofCommand<T>(words: readonly string[], act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw error instanceof UsageFault ? new UsageFault(error.message, words) : error
  }
}
