import { log } from "@/lib/server/log"
import { runQueue } from "./run-queue"

const DEADLINE_MS = 1_500

export interface OwedRun {
  id: string
  fence: number
  notBefore: Date | null
}

/**
 * Tells the workers to look at a run. One job a run and claim, however often it is called. Never throws: the run's row
 * is what is owed, and `reconcile` tells again what was not heard. Answers whether the queue took it.
 */
export async function enqueueRun(run: OwedRun, now: Date): Promise<boolean> {
  const delayMs = run.notBefore ? Math.max(0, run.notBefore.getTime() - now.getTime()) : 0
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS)
    })
    await Promise.race([add(run, delayMs), late])
    return true
  } catch (error) {
    log.warn({ err: error, runId: run.id }, "a run could not be enqueued; the sweep will find it")
    return false
  } finally {
    clearTimeout(timer)
  }
}

async function add(run: OwedRun, delayMs: number): Promise<void> {
  const queue = runQueue()
  await queue.waitUntilReady()
  // A job that came before its time and was refused keeps its id until it is gone, so a timer has an id of its own.
  const jobId = `run-${run.id}-${run.fence}${delayMs > 0 ? "-timer" : ""}`
  await queue.add({ runId: run.id }, { jobId, delayMs })
}
