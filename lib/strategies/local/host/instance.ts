import { setTimeout as delay } from "node:timers/promises"
import { type ApplicationProcess, type Exit, startApplication } from "./application-process"
import type { Instance, InstanceSpec } from "./contract"
import { waitUntilListening } from "./free-port"

const LISTEN_TIMEOUT_MS = 30_000
const DRAIN_TIMEOUT_MS = 10_000
const GRACE_MS = 2_000
const POLL_MS = 20

type Options = {
  deploymentId: string
  spec: InstanceSpec
  logPath: string
  pickPort(): Promise<number>
  /** Called after the process ended, asked for or not. */
  onExit(wasAsked: boolean): void
}

export type ManagedInstance = ReturnType<typeof createInstance>

/** One application of one deployment: at most one process at a time, which may be started again after it ended. */
export function createInstance({ deploymentId, spec: firstSpec, logPath, pickPort, onExit }: Options) {
  let spec = firstSpec
  let status: Instance["status"] = "exited"
  let port: number | null = null
  let startedAt: Date | null = null
  let exit: Instance["exit"] = null
  let restarts = 0
  let inFlight = 0
  let running: ApplicationProcess | null = null
  let starting: Promise<void> = Promise.resolve()
  let stopping: Promise<void> | null = null

  /** Resolves when the process was started, not yet when it listens. Only to be called in status `exited`. */
  function start(nextSpec: InstanceSpec): Promise<void> {
    starting = launch(nextSpec)
    return starting
  }

  async function launch(nextSpec: InstanceSpec): Promise<void> {
    spec = nextSpec
    status = "starting"
    exit = null
    startedAt = new Date()
    try {
      port = await pickPort()
      running = startApplication(spec, port, logPath)
    } catch (error) {
      ended(null, { code: null, signal: null, reason: `could not be started: ${reasonOf(error)}` })
      return
    }
    const mine = running
    const gone = new AbortController()
    void mine.exited.then((how) => {
      gone.abort()
      ended(mine, how)
    })
    void waitUntilListening(port, LISTEN_TIMEOUT_MS, gone.signal).then((listens) => {
      if (running !== mine || gone.signal.aborted) return
      if (listens) status = "running"
      else void mine.stop(GRACE_MS)
    })
  }

  function ended(which: ApplicationProcess | null, how: Exit): void {
    if (which !== running) return
    const reason =
      status === "starting" && stopping === null ? `${how.reason}, before it listened on its port` : how.reason
    status = "exited"
    running = null
    port = null
    exit = { code: how.code, signal: how.signal, reason, at: new Date().toISOString() }
    onExit(stopping !== null)
  }

  /** Lets requests in flight finish (unless `drain` is false), then ends the process group. Safe to call twice. */
  function stop({ drain, graceMs = GRACE_MS }: { drain: boolean; graceMs?: number }): Promise<void> {
    stopping ??= end(drain, graceMs).finally(() => {
      stopping = null
    })
    return stopping
  }

  async function end(drain: boolean, graceMs: number): Promise<void> {
    const deadline = Date.now() + DRAIN_TIMEOUT_MS
    // Else a start that still looks for a port would bring up a process after this stop.
    await starting
    while (drain && inFlight > 0 && Date.now() < deadline) await delay(POLL_MS)
    const mine = running
    if (!mine) return
    await mine.stop(graceMs)
    await mine.exited
  }

  /** To be called when a request is sent to this instance; the answer is to be called when it is over. */
  function enter(): () => void {
    inFlight += 1
    let left = false
    return () => {
      if (!left) inFlight -= 1
      left = true
    }
  }

  function snapshot(): Instance {
    return {
      deploymentId,
      version: spec.version,
      commit: spec.commit,
      directory: spec.directory,
      port,
      pid: running?.pid ?? null,
      status,
      startedAt: startedAt?.toISOString() ?? null,
      restarts,
      exit,
    }
  }

  return {
    start,
    stop,
    enter,
    snapshot,
    spec: () => spec,
    stopping: () => stopping,
    countRestart: () => {
      restarts += 1
    },
    /** Requests may be sent to it, now and soon. */
    isServing: () => status === "running" && stopping === null,
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
