import type { Api } from "./api"
import type { Env, OptionSpec, Values } from "./options"
import type { Voice } from "./voice"

/** What a command gets to do its work with. */
export interface Call {
  values: Values
  /** What stands after the command's words. */
  positionals: readonly string[]
  /** What stands behind `--`; null: there was none. */
  commandLine: readonly string[] | null
  env: Env
  stdin: AsyncIterable<Uint8Array | string>
  /** Where the output of a command that is run passes through, byte by byte. */
  passThrough: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream }
  say: Voice
  api: Api
  /** Ends with Ctrl-C. */
  signal: AbortSignal
  secrets: readonly string[]
  /** How long to wait for a release in all. */
  waitMs: number
}

export interface Command {
  words: readonly string[]
  summary: string
  /** Names of what may stand after the words, for the usage. */
  positionals?: readonly string[]
  options: Record<string, OptionSpec>
  /** May be followed by `-- program arguments…`. */
  wrapsProgram?: true
  /** More than the options say. */
  details?: string
  example: string
  /** What no single option can say; before anything is asked or run. Throws UsageFault. */
  check?(call: Pick<Call, "values" | "positionals" | "commandLine" | "env">): void
  run(call: Call): Promise<number>
}
