import { spawn } from "node:child_process"
import { stat } from "node:fs/promises"
import { delimiter, dirname } from "node:path"
import { StringDecoder } from "node:string_decoder"
import { joinPieces, KeptOutput, leftOutMarker, type OutputStream, type Piece } from "./kept-output"
import { LineSplitter } from "./line-splitter"
import { endGroup, signalGroup } from "./process-group"
import { TerminalFilter } from "./terminal-filter"

const WHOLE_CHARS = 16 * 1024 * 1024
const TAIL_CHARS = 1024 * 1024
/** How long a program's own children may go on writing after it has ended. */
const DRAIN_MS = 500
const KILLED_DRAIN_MS = 3_000
const MAX_TIMER_MS = 2 ** 31 - 1

export interface ProcessRequest {
  /** Program and arguments; never a shell line. */
  argv: string[]
  cwd: string
  /** Beside PATH, HOME and LANG: nothing else of this process's environment is passed on. */
  env?: Record<string, string>
  /** Default `cwd`. */
  home?: string
  timeoutMs: number
  inactivityTimeoutMs?: number
  /** Kept whole up to here. Default 16 Mi. */
  outputLimitChars?: number
  signal: AbortSignal
  /** Puts both streams together for `output`: only here it is known what came from which. Default: as they came. */
  join?: (pieces: readonly Piece[]) => string
  /** Gets text as it comes: colours but no other control sequences, no line longer than 16 Ki. */
  log: (stream: OutputStream, text: string) => void
}

export interface ProcessEnd {
  exitCode: number | null
  signal: string | null
  /** What ended it, where it did not end by itself. */
  endedBy: "timeout" | "inactivity" | null
  timedOut: boolean
  stdout: string
  stderr: string
  /** Both, as they came. */
  output: string
  /** How much is missing in the middle of `output`. */
  leftOutChars: number
  tookMs: number
}

/**
 * Runs a program in a process group of its own; whatever is left of the group when it ends, is ended with it.
 * Rejects with an Error in words where it could not be started, and with `signal.reason` when it was stopped.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  request.signal.throwIfAborted()
  await assertDirectory(request.cwd)
  request.signal.throwIfAborted()
  return new Promise((resolve, reject) => start(request, resolve, reject))
}

function start(request: ProcessRequest, resolve: (end: ProcessEnd) => void, reject: (reason: unknown) => void): void {
  const { argv, cwd, timeoutMs, inactivityTimeoutMs, signal, log } = request
  const [program = "", ...args] = argv
  const beganMs = performance.now()
  const kept = new KeptOutput(request.outputLimitChars ?? WHOLE_CHARS, TAIL_CHARS)
  const child = spawn(program, args, {
    cwd,
    env: environmentOf(request),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  })
  let endedBy: ProcessEnd["endedBy"] = null
  let ending: { gone(): void } | null = null
  let drain: NodeJS.Timeout | undefined
  let settled = false

  const end = (why: ProcessEnd["endedBy"]) => {
    if (ending) return
    endedBy = why
    ending = endGroup(child.pid)
  }
  const onAbort = () => end(null)
  signal.addEventListener("abort", onAbort, { once: true })
  const timer = setTimeout(() => end("timeout"), Math.min(timeoutMs, MAX_TIMER_MS))
  const inactive = () => end("inactivity")
  let inactivity = inactivityTimeoutMs ? setTimeout(inactive, inactivityTimeoutMs) : undefined

  const pass = { out: new LineSplitter(), err: new LineSplitter() }
  const readers = { out: reader("out"), err: reader("err") }
  child.stdout.on("data", readers.out.push)
  child.stderr.on("data", readers.err.push)

  function reader(stream: OutputStream) {
    const decoder = new StringDecoder("utf8")
    const filter = new TerminalFilter()
    const take = (decoded: string) => {
      const text = kept.add(stream, filter.push(decoded))
      if (text) log(stream, pass[stream].push(text))
    }
    const push = (chunk: Buffer) => {
      inactivity?.refresh()
      take(decoder.write(chunk))
    }
    return { push, end: () => take(decoder.end()) }
  }

  /** False: somebody was faster. */
  const settle = (): boolean => {
    if (settled) return false
    settled = true
    clearTimeout(timer)
    clearTimeout(inactivity)
    clearTimeout(drain)
    inactivity = undefined
    ending?.gone()
    signal.removeEventListener("abort", onAbort)
    return true
  }

  child.once("error", (error: NodeJS.ErrnoException) => {
    // An error after the start (a signal that could not be sent) is no end.
    if (child.pid === undefined && settle()) reject(notStarted(program, error))
  })

  child.once("exit", (exitCode, endSignal) => {
    clearTimeout(timer)
    clearTimeout(inactivity)
    // Its children may hold the pipes open for ever, in the group or outside of it.
    drain = setTimeout(
      () => {
        signalGroup(child.pid, "SIGKILL")
        child.stdout.destroy()
        child.stderr.destroy()
      },
      ending ? KILLED_DRAIN_MS : DRAIN_MS,
    )
    child.once("close", () => finish(exitCode, endSignal))
  })

  function finish(exitCode: number | null, endSignal: NodeJS.Signals | null): void {
    if (!settle()) return
    signalGroup(child.pid, "SIGKILL")
    readers.out.end()
    readers.err.end()
    if (signal.aborted) {
      reject(signal.reason)
      return
    }
    const { leftOutChars, pieces } = kept.end()
    if (leftOutChars > 0) log("err", leftOutMarker(leftOutChars))
    for (const piece of pieces) log(piece.stream, pass[piece.stream].push(piece.text))
    resolve({
      exitCode,
      signal: endSignal,
      endedBy,
      timedOut: endedBy !== null,
      stdout: kept.text("out"),
      stderr: kept.text("err"),
      output: kept.joined(request.join ?? joinPieces),
      leftOutChars,
      tookMs: Math.round(performance.now() - beganMs),
    })
  }
}

/** A program sees nothing of the console's own settings, and its home is no place where credentials lie. */
function environmentOf({ env, home, cwd }: ProcessRequest): NodeJS.ProcessEnv {
  const path = [process.env.PATH, dirname(process.execPath)].filter((part) => part).join(delimiter)
  const own: Record<string, string> = { PATH: path, HOME: home ?? cwd, LANG: "C.UTF-8", ...env }
  return own as NodeJS.ProcessEnv
}

async function assertDirectory(cwd: string): Promise<void> {
  const found = await stat(cwd).catch(() => null)
  if (!found?.isDirectory()) throw new Error(`The folder ${cwd} is not there`)
}

function notStarted(program: string, error: NodeJS.ErrnoException): Error {
  const words: Record<string, string> = {
    ENOENT: "there is no such program",
    EACCES: "it may not be executed",
    E2BIG: "its arguments are too long",
  }
  return new Error(`${program} could not be started: ${words[error.code ?? ""] ?? error.message}`, { cause: error })
}
