import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import type { InstanceSpec } from "./contract"

const MAX_LOG_BYTES = 8 * 1024 * 1024
const POLL_MS = 20
const LAST_LOOK_MS = 200
/** From the host's own environment an application gets these and no more: the host may know secrets that it must not. */
const INHERITED = ["PATH", "HOME", "USER", "TMPDIR", "TEMP", "LANG", "LC_ALL", "TZ", "SystemRoot"]

export type Exit = { code: number | null; signal: string | null; reason: string }

export type ApplicationProcess = {
  /** Undefined when the command could not be started. */
  pid: number | undefined
  /** Resolves once, when the process is gone or could not be started. */
  exited: Promise<Exit>
  /** Ends the whole process group: SIGTERM, after `graceMs` SIGKILL. Resolves when all of it is gone. */
  stop(graceMs: number): Promise<void>
}

/** Starts `spec.command` in its own process group; all it prints goes to the end of `logPath`. */
export function startApplication(spec: InstanceSpec, port: number, logPath: string): ApplicationProcess {
  const [program = "", ...args] = spec.command
  const log = openLog(logPath)
  writeSync(
    log,
    `--- ${new Date().toISOString()} starting ${spec.version} on port ${port}: ${spec.command.join(" ")}\n`,
  )
  let child: ChildProcess
  try {
    child = spawn(program, args, {
      cwd: spec.directory,
      env: { ...inherited(), NODE_ENV: "production", HOST: "127.0.0.1", ...spec.env, PORT: String(port) },
      stdio: ["ignore", log, log],
      detached: true,
    })
  } finally {
    closeSync(log)
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) =>
      resolve({ code: null, signal: null, reason: `could not be started: ${error.message}` }),
    )
    child.once("exit", (code, signal) =>
      resolve({ code, signal, reason: signal ? `ended by ${signal}` : `exit code ${code}` }),
    )
  })
  const { pid } = child
  // Whatever the command left running in its group would keep its port.
  if (pid !== undefined) void exited.then(() => signalGroup(pid, "SIGKILL"))
  return { pid, exited, stop: (graceMs) => (pid === undefined ? Promise.resolve() : stopGroup(pid, graceMs, exited)) }
}

/** Ends a process group by its leader's pid: SIGTERM, and SIGKILL once `graceMs` passed or `leaderGone` resolved. */
export async function stopGroup(pid: number, graceMs: number, leaderGone?: Promise<unknown>): Promise<void> {
  let leaderLives = true
  void leaderGone?.then(() => {
    leaderLives = false
  })
  const deadline = Date.now() + graceMs
  signalGroup(pid, "SIGTERM")
  while (leaderLives && groupLives(pid) && Date.now() < deadline) await delay(POLL_MS)
  signalGroup(pid, "SIGKILL")
  // Nothing outlives SIGKILL, but where nobody collects the dead, the group seems to live on: hence a limit.
  const lastLook = Date.now() + LAST_LOOK_MS
  while (groupLives(pid) && Date.now() < lastLook) await delay(POLL_MS)
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone already.
  }
}

function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0)
    return true
  } catch {
    return false
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** The log of earlier starts is kept, up to a size; one older part is kept beside it. */
function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_LOG_BYTES) renameSync(path, `${path}.1`)
  return openSync(path, "a", 0o600)
}
