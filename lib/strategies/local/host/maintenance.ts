import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Maintenance, SetMaintenance } from "./contract"
import type { StateFile } from "./state-file"

const LOOK_EVERY_MS = 100
const DEFAULT_MESSAGE = "System maintenance in progress. We'll be back online shortly."
const MAX_MESSAGE_LENGTH = 2_000

export type MaintenanceSwitch = ReturnType<typeof createMaintenance>

/** Maintenance is on while it was turned on over HTTP or the file `<dataDirectory>/maintenance.flag` is there. */
export function createMaintenance({ dataDirectory, state }: { dataDirectory: string; state: StateFile }) {
  const flagPath = join(dataDirectory, "maintenance.flag")
  let flag: { message: string; since: string; mark: string } | null = null
  let lookedAt = Number.NEGATIVE_INFINITY

  /** Cheap enough to be asked on every request: the file is looked at every 100 ms at most. */
  function current(): Maintenance {
    const now = performance.now()
    if (now - lookedAt >= LOOK_EVERY_MS) {
      flag = lookAtFlag()
      lookedAt = now
    }
    const { maintenance: http, bypassToken } = state.current()
    const times = [http.on ? http.since : null, flag?.since ?? null].filter((time) => time !== null).sort()
    return {
      on: http.on || flag !== null,
      message: (http.on && http.message) || flag?.message || DEFAULT_MESSAGE,
      by: [...(http.on ? (["http"] as const) : []), ...(flag ? (["file"] as const) : [])],
      since: times[0] ?? null,
      bypassToken,
    }
  }

  function lookAtFlag() {
    try {
      const found = statSync(flagPath, { throwIfNoEntry: false })
      if (!found) return null
      const mark = `${found.ino}:${found.mtimeMs}:${found.size}`
      if (flag?.mark === mark) return flag
      const message = readFileSync(flagPath, "utf8").trim().slice(0, MAX_MESSAGE_LENGTH)
      return { message, since: found.mtime.toISOString(), mark }
    } catch {
      // Removed between the two calls, or there but unreadable: only the latter still counts as on.
      const there = statSync(flagPath, { throwIfNoEntry: false })
      return there ? { message: "", since: there.mtime.toISOString(), mark: "" } : null
    }
  }

  /** Turning off over HTTP leaves the flag file alone: whoever put it there takes it away. */
  async function set({ on, message }: SetMaintenance): Promise<Maintenance> {
    await state.update((s) => {
      const before = s.maintenance
      const next = { on, message: on ? (message ?? before.message) : "", since: on ? (before.since ?? now()) : null }
      const same = before.on === next.on && before.message === next.message && before.since === next.since
      return same ? s : { ...s, maintenance: next }
    })
    lookedAt = Number.NEGATIVE_INFINITY
    return current()
  }

  return { current, set }
}

function now(): string {
  return new Date().toISOString()
}
