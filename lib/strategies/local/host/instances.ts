import { stat } from "node:fs/promises"
import { join } from "node:path"
import { stopGroup } from "./application-process"
import type { Instance, InstanceSpec, StartAnswer } from "./contract"
import { findFreePort } from "./free-port"
import type { HostLog } from "./host-log"
import { createInstance, type ManagedInstance } from "./instance"
import { HostProblem } from "./problem"
import { readStartMark } from "./start-mark"
import type { StateFile } from "./state-file"

const BACK_OFF = { firstMs: 250, mostMs: 10_000, forgetAfterMs: 30_000 }
const ORPHAN_GRACE_MS = 1_500

export type Instances = ReturnType<typeof createInstances>

/** All applications of this host. The one that is live is started again when it crashes. */
export function createInstances({
  dataDirectory,
  state,
  log,
}: {
  dataDirectory: string
  state: StateFile
  log: HostLog
}) {
  const all = new Map<string, ManagedInstance>()
  const timers = new Map<string, NodeJS.Timeout>()
  const crashesInARow = new Map<string, number>()
  let closed = false

  /** Starts it unless it runs. A running one of the same directory is returned as it is, whatever else the spec says. */
  async function start(deploymentId: string, spec: InstanceSpec): Promise<StartAnswer> {
    const folder = await stat(spec.directory).catch(() => null)
    if (!folder?.isDirectory()) {
      const message = `${spec.directory} is not a directory on this machine`
      throw new HostProblem("invalid", message, [{ field: "directory", message }])
    }
    await all.get(deploymentId)?.stopping()
    if (closed) throw new HostProblem("conflict", "The host is shutting down")
    const instance = all.get(deploymentId) ?? register(deploymentId, spec)
    if (instance.snapshot().status !== "exited") {
      if (instance.spec().directory !== spec.directory) {
        throw new HostProblem("conflict", `${deploymentId} runs already, from ${instance.spec().directory}`)
      }
      return { started: false, instance: instance.snapshot() }
    }
    await launch(deploymentId, instance, spec)
    return { started: true, instance: instance.snapshot() }
  }

  function register(deploymentId: string, spec: InstanceSpec): ManagedInstance {
    const instance = createInstance({
      deploymentId,
      spec,
      logPath: logPath(deploymentId),
      pickPort,
      onExit: (wasAsked) => {
        log("instance.exited", { ...instance.snapshot(), wasAsked })
        if (!wasAsked) restartIfLive(deploymentId)
      },
    })
    all.set(deploymentId, instance)
    return instance
  }

  async function launch(deploymentId: string, instance: ManagedInstance, spec: InstanceSpec): Promise<void> {
    clearTimeout(timers.get(deploymentId))
    await instance.start(spec)
    const { pid, port } = instance.snapshot()
    log("instance.started", { deploymentId, pid, port })
    const startMark = pid === null ? null : await readStartMark(pid)
    const known = { spec, process: pid !== null && startMark !== null ? { pid, startMark } : null }
    try {
      await state.update((s) => ({ ...s, instances: { ...s.instances, [deploymentId]: known } }))
    } catch (error) {
      // An instance that is not on record would be lost sight of by the next start of the host.
      await instance.stop({ drain: false })
      throw error
    }
  }

  /** Starts the live instance again, the later the more often it crashed. No effect on one that runs or is not live. */
  function restartIfLive(deploymentId: string): void {
    const instance = all.get(deploymentId)
    if (closed || !instance || !isLive(deploymentId) || instance.snapshot().status !== "exited") return
    const { startedAt } = instance.snapshot()
    const ranMs = startedAt ? Date.now() - Date.parse(startedAt) : 0
    const crashes = ranMs > BACK_OFF.forgetAfterMs ? 0 : (crashesInARow.get(deploymentId) ?? 0)
    crashesInARow.set(deploymentId, crashes + 1)
    const waitMs = Math.min(BACK_OFF.mostMs, BACK_OFF.firstMs * 2 ** crashes)
    clearTimeout(timers.get(deploymentId))
    timers.set(
      deploymentId,
      setTimeout(() => void restart(deploymentId, instance), waitMs),
    )
    log("instance.restart_planned", { deploymentId, waitMs })
  }

  async function restart(deploymentId: string, instance: ManagedInstance): Promise<void> {
    if (closed || !isLive(deploymentId) || instance.snapshot().status !== "exited") return
    instance.countRestart()
    await launch(deploymentId, instance, instance.spec()).catch((error: unknown) => {
      log("instance.restart_failed", { deploymentId, error: String(error) })
    })
  }

  /** Forgets it and ends its process. False if it was not known. A live one is refused. */
  async function remove(deploymentId: string): Promise<boolean> {
    const instance = all.get(deploymentId)
    if (!instance) return false
    let stopped: Promise<void> = Promise.resolve()
    await state.update((s) => {
      if (s.live?.deploymentId === deploymentId) throw new HostProblem("conflict", `${deploymentId} is live`)
      stopped = instance.stop({ drain: true })
      const { [deploymentId]: _, ...instances } = s.instances
      return { ...s, instances }
    })
    await stopped
    // A start that came in meanwhile has waited for the stop and owns the entry now.
    if (instance.snapshot().status === "exited") all.delete(deploymentId)
    return true
  }

  /** Stops what was live once and is not among `warm`. Decided inside an update, so that no switch happens in between. */
  async function stopAllBut(warm: (s: ReturnType<StateFile["current"]>) => Set<string>): Promise<void> {
    await state.update((s) => {
      const keep = warm(s)
      for (const { deploymentId } of s.previous) {
        const instance = all.get(deploymentId)
        if (keep.has(deploymentId) || !instance?.isServing()) continue
        log("instance.retired", { deploymentId })
        void instance.stop({ drain: true })
      }
      return s
    })
  }

  /** After a start of the host: ends what an earlier host left running, then starts what was live. */
  async function restore(): Promise<void> {
    const { instances, live } = state.current()
    await Promise.all(Object.values(instances).map(({ process }) => endOrphan(process)))
    for (const [deploymentId, { spec }] of Object.entries(instances)) register(deploymentId, spec)
    const known = live && instances[live.deploymentId]
    if (!live || !known) return
    log("instance.restored", { deploymentId: live.deploymentId })
    await start(live.deploymentId, known.spec).catch((error: unknown) => {
      log("instance.restore_failed", { deploymentId: live.deploymentId, error: String(error) })
    })
  }

  async function endOrphan(process: { pid: number; startMark: string } | null): Promise<void> {
    if (!process || (await readStartMark(process.pid)) !== process.startMark) return
    log("instance.orphan_ended", { pid: process.pid })
    await stopGroup(process.pid, ORPHAN_GRACE_MS)
  }

  async function close(graceMs: number): Promise<void> {
    closed = true
    for (const timer of timers.values()) clearTimeout(timer)
    await Promise.all([...all.values()].map((instance) => instance.stop({ drain: false, graceMs })))
  }

  async function pickPort(): Promise<number> {
    const taken = new Set([...all.values()].map((instance) => instance.snapshot().port))
    for (;;) {
      const port = await findFreePort()
      if (!taken.has(port)) return port
    }
  }

  function isLive(deploymentId: string): boolean {
    return state.current().live?.deploymentId === deploymentId
  }

  function logPath(deploymentId: string): string {
    return join(dataDirectory, "logs", `${deploymentId}.log`)
  }

  function get(deploymentId: string): ManagedInstance {
    const instance = all.get(deploymentId)
    if (!instance) throw new HostProblem("not_found", `No instance ${deploymentId}`)
    return instance
  }

  return {
    start,
    remove,
    stopAllBut,
    restartIfLive,
    restore,
    close,
    get,
    find: (deploymentId: string) => all.get(deploymentId),
    logPath,
    list: (): Instance[] => [...all.values()].map((instance) => instance.snapshot()),
  }
}
