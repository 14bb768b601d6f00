import { writeFile } from "node:fs/promises"
import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { reconcile } from "@/lib/server/queue/reconcile"

/** A worker that cannot reach the database, or hangs, stops touching it. */
async function saySignOfLife(): Promise<void> {
  const { WORKER_ALIVE_FILE: path } = env()
  if (path) await writeFile(path, new Date().toISOString())
}

/** Looks for owed runs now and every few seconds, one look at a time. Answers with the way to stop. */
export function startReconcileTimer(): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    try {
      await reconcile()
      await saySignOfLife()
    } catch (error) {
      log.warn({ err: error }, "owed runs could not be looked for")
    }
    if (!stopped) timer = setTimeout(begin, env().RECONCILE_INTERVAL_MS)
  }
  function begin(): void {
    looking = look()
  }
  begin()

  return async () => {
    stopped = true
    clearTimeout(timer)
    await looking
  }
}
