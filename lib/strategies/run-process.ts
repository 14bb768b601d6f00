import { spawn } from "node:child_process"
import { StringDecoder } from "node:string_decoder"
import { type ProcessEnd, type RunProcess, StrategyFailure } from "./contract"

/** How much of each stream is kept for the answer; the log gets everything. */
const KEPT_CHARS = 64 * 1024
const GRACE_MS = 3_000
/** What a program needs of this process's environment; the console's secrets are not among it. */
const PASSED_ON = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSH_AUTH_SOCK", "SSL_CERT_FILE"]

/** Runs a program in a process group of its own, which is ended as a whole on time-out and abort. */
export const runProcess: RunProcess = ({ argv, cwd, env, timeoutMs, signal, log }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const [program = "", ...args] = argv
    const child = spawn(program, args, {
      cwd,
      env: { ...passedOn(), ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    })
    const kept = { out: "", err: "" }
    let timedOut = false
    let killTimer: NodeJS.Timeout | undefined

    const end = () => {
      signalGroup(child.pid, "SIGTERM")
      killTimer ??= setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE_MS)
    }
    const timer = setTimeout(() => {
      timedOut = true
      end()
    }, timeoutMs)
    signal.addEventListener("abort", end, { once: true })

    for (const [stream, source] of [
      ["out", child.stdout],
      ["err", child.stderr],
    ] as const) {
      const decoder = new StringDecoder("utf8")
      source.on("data", (chunk: Buffer) => {
        const text = decoder.write(chunk)
        kept[stream] = (kept[stream] + text).slice(-KEPT_CHARS)
        if (text) log(stream, text)
      })
    }

    const settle = (finish: () => void) => {
      clearTimeout(timer)
      clearTimeout(killTimer)
      signal.removeEventListener("abort", end)
      finish()
    }
    child.once("error", (error) => {
      settle(() =>
        reject(new StrategyFailure(`${program} could not be started: ${error.message}`, false, { cause: error })),
      )
    })
    child.once("close", (exitCode, endedBy) => {
      // What it left running in its group would go on working behind the back of the run.
      if (timedOut || signal.aborted) signalGroup(child.pid, "SIGKILL")
      const answer: ProcessEnd = { exitCode, signal: endedBy, timedOut, stdout: kept.out, stderr: kept.err }
      settle(() => (signal.aborted ? reject(signal.reason) : resolve(answer)))
    })
  })

function passedOn(): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone, which is what was wanted.
  }
}
