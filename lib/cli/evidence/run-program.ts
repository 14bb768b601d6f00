import { spawn } from "node:child_process"
import { constants } from "node:os"
import { StringDecoder } from "node:string_decoder"
import { cleanText } from "../clean-text"
import type { Call } from "../command"
import { saySeconds } from "../measures"
import type { Finding } from "./finding"

const KEPT_CHARS = 20_000
const KEPT_LINES = 100

export interface ProgramEnd {
  /** What a shell would give: 128 and the signal's number where a signal ended it, 127 where it could not be started. */
  exitCode: number
  finding: Finding
}

/**
 * Runs a program in front of the person: its output passes through as it comes, and its last lines are kept. It does not
 * see the console's token. Ctrl-C reaches it from the terminal; a signal that only reached this process is passed on.
 */
export async function runProgram(
  [command = "", ...args]: readonly string[],
  { env, passThrough, signal }: Pick<Call, "env" | "passThrough" | "signal">,
): Promise<ProgramEnd> {
  const beganMs = performance.now()
  const { GOLIVE_TOKEN: _token, ...rest } = env
  let kept = ""
  const child = spawn(command, args, { stdio: ["inherit", "pipe", "pipe"], env: rest as NodeJS.ProcessEnv })
  const keep = (from: NodeJS.ReadableStream, to: NodeJS.WritableStream) => {
    const decoder = new StringDecoder("utf8")
    from.on("data", (chunk: Buffer) => {
      to.write(chunk)
      kept = (kept + decoder.write(chunk)).slice(-2 * KEPT_CHARS)
    })
  }
  keep(child.stdout, passThrough.stdout)
  keep(child.stderr, passThrough.stderr)
  const passOn = () => child.kill("SIGTERM")
  signal.addEventListener("abort", passOn, { once: true })
  const end = await new Promise<{ exitCode: number; words: string }>((resolve) => {
    child.once("error", (error) => resolve({ exitCode: 127, words: `could not be started: ${error.message}` }))
    child.once("close", (code, by) => {
      if (by) resolve({ exitCode: 128 + (constants.signals[by] ?? 0), words: `was ended by ${by}` })
      else resolve({ exitCode: code ?? 1, words: code === 0 ? "passed" : `failed with exit code ${code}` })
    })
  })
  signal.removeEventListener("abort", passOn)
  const took = saySeconds(performance.now() - beganMs)
  const shown = [command, ...args].join(" ")
  return {
    exitCode: end.exitCode,
    finding: {
      outcome: end.exitCode === 0 ? "passed" : "failed",
      summary: `${shown.length > 200 ? `${shown.slice(0, 199)}…` : shown} ${end.words} after ${took}.`,
      facts: [
        { label: "Command", value: shown },
        { label: "Exit code", value: String(end.exitCode) },
        { label: "Duration", value: took },
      ],
      text: lastLines(kept) || null,
    },
  }
}

function lastLines(text: string): string {
  const lines = cleanText(text).trimEnd().split("\n").slice(-KEPT_LINES)
  while (lines.length > 1 && lines.join("\n").length > KEPT_CHARS) lines.shift()
  return lines.join("\n").slice(-KEPT_CHARS)
}
