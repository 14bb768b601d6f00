import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { CheckPorts } from "@/lib/checks/ports"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import { checkout } from "@/lib/server/checkout/checkout"
import { isLocalRepository } from "@/lib/server/checkout/git-names"
import { runGit } from "@/lib/server/checkout/run-git"
import { findAddress } from "@/lib/server/http/find-address"
import { createGuardedHttp } from "@/lib/server/http/guarded-http"
import type { Piece } from "@/lib/server/process/kept-output"
import { runProcess } from "@/lib/server/process/run-process"
import { matchPattern } from "./match-pattern"

export interface PortOptions {
  /** Of this run alone; removed when it ends. */
  folder: string
  repository: string | null
  commit: string | null
  /** Checkouts of commits are kept here, and each check works in a copy. */
  checkoutCache?: string
  allowPrivateNetwork: boolean
  allowCommands: boolean
  timeoutMs: number
  outputLimitChars?: number
  /** How both streams of a program become what is shown of them. */
  join?: (pieces: readonly Piece[]) => string
  /** Takes readings of the environment's probe. Left out: there is nothing to measure here. */
  measure?: MeasureMetric
  signal: AbortSignal
  log: CheckPorts["log"]
}

export type MeasureMetric = (metric: MetricName, forMs: number, signal: AbortSignal) => Promise<Sample[]>

/** What a check works with. Nothing of it outlives the check's folder and signal. */
export function createCheckPorts(options: PortOptions): CheckPorts {
  const { folder, repository, allowPrivateNetwork, signal, log, timeoutMs, outputLimitChars } = options
  const checkouts = new Map<string, Promise<string>>()
  let made = 0

  const makeFolder = async (name: string) => {
    const path = join(folder, name)
    await mkdir(path, { recursive: true })
    return path
  }

  const directory: CheckPorts["directory"] = (other = {}) => {
    const key = JSON.stringify([other.repository, other.ref])
    const known = checkouts.get(key)
    if (known) return known
    made += 1
    const fresh = checkOut(other, join(folder, `checkout-${made}`))
    checkouts.set(key, fresh)
    return fresh
  }

  async function checkOut(other: { repository?: string; ref?: string }, path: string): Promise<string> {
    const from = other.repository ?? repository
    if (from === null) throw new Error("The environment names no repository")
    if (from !== repository && !isLocalRepository(from)) {
      throw new Error("Over the network only the environment's own repository is checked out")
    }
    const wanted = other.ref ?? (from === repository ? options.commit : "HEAD")
    if (wanted === null) throw new Error("It is not known which commit is released")
    await checkout({ repository: from, commit: wanted, directory: path, cacheDirectory: options.checkoutCache, signal })
    return path
  }

  return {
    http: createGuardedHttp({ allowPrivateNetwork, signal }),
    address: (host) => findAddress(host, { allowPrivateNetwork, signal }),
    measure: async (metric, forMs) => {
      if (!options.measure) throw new Error("This environment has no probe that could measure")
      return options.measure(metric, forMs, signal)
    },
    process: async (order) => {
      if (!options.allowCommands) throw new Error("This console runs no commands: COMMAND_CHECKS is off")
      return runProcess({ ...order, home: await makeFolder("home"), outputLimitChars, signal, log, join: options.join })
    },
    directory,
    scratch: () => makeFolder("scratch"),
    git: (args, where) => runGit(args, { directory: where, signal }),
    repository,
    match: matchPattern,
    log,
    signal,
    timeoutMs,
    nowMs: () => performance.now(),
  }
}
