import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CheckResult } from "@/lib/checks/ports"
import { type CheckOrder, runCheck } from "@/lib/server/checks/run-check"

export interface Tried extends CheckResult {
  log: string
  tookMs: number
  /** What the run left behind in its work folder. */
  leftBehind: string[]
}

/** One check as a worker runs it, in a work folder of its own. The service it asks may be on this machine. */
export async function tryCheck(
  kind: string,
  config: unknown,
  options: Partial<Omit<CheckOrder, "kind" | "config" | "workDirectory" | "onLog">> = {},
): Promise<Tried> {
  const workDirectory = await mkdtemp(join(tmpdir(), "golive-check-"))
  let log = ""
  const beganMs = performance.now()
  try {
    const result = await runCheck({
      ...{ kind, config, workDirectory },
      ...{ variables: {}, allowPrivateNetwork: true, repository: null, commit: null },
      signal: new AbortController().signal,
      ...options,
      onLog: (_stream, text) => {
        log += text
      },
    })
    const tookMs = performance.now() - beganMs
    return { ...result, log, tookMs, leftBehind: await readdir(workDirectory) }
  } finally {
    await rm(workDirectory, { recursive: true, force: true })
  }
}

/** What was expected and found, as sentences: short to compare. */
export function said({ expectations }: CheckResult): string[] {
  return expectations.map(({ what, expected, actual, ok }) => `${ok ? "ok" : "bad"} ${what}: ${expected} / ${actual}`)
}
