import { log } from "@/lib/server/log"
import { runQueue } from "./run-queue"

const DEADLINE_MS = 1_500
const AGAIN_MS = 5_000

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
  return inTime(() => add(run, delayMs), run.id)
}

async function inTime(tell: () => Promise<void>, runId: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS)
    })
    await Promise.race([tell(), late])
    return true
  } catch (error) {
    log.warn({ err: error, runId }, "a run could not be enqueued; the sweep will find it")
    return false
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The same, for a run that is owed though workers were told of it. A worker that took the job and ended before it claimed
 * the run holds the job until the queue finds it stalled, a minute later: then another job is made, one every few seconds.
 */
export async function enqueueAgain(run: OwedRun, now: Date): Promise<boolean> {
  const jobId = jobIdOf(run, 0)
  return inTime(async () => {
    const queue = runQueue()
    await queue.waitUntilReady()
    const again = (await queue.isTaken(jobId)) ? `${jobId}-${Math.floor(now.getTime() / AGAIN_MS)}` : jobId
    await queue.add({ runId: run.id }, { jobId: again, delayMs: 0 })
  }, run.id)
}

/** Several at once, for runs that begin now: the queue keeps their order. Otherwise like `enqueueRun`. */
export async function enqueueRuns(runs: readonly OwedRun[], now: Date): Promise<void> {
  const due = runs.filter(({ notBefore }) => notBefore === null)
  const later = runs.filter(({ notBefore }) => notBefore !== null)
  await Promise.all([
    ...(due.length > 0 ? [inTime(() => addAll(due), due.map(({ id }) => id).join(", "))] : []),
    ...later.map((run) => enqueueRun(run, now)),
  ])
}

async function addAll(runs: readonly OwedRun[]): Promise<void> {
  const queue = runQueue()
  await queue.waitUntilReady()
  await queue.addAll(runs.map((run) => ({ job: { runId: run.id }, jobId: jobIdOf(run, 0) })))
}

async function add(run: OwedRun, delayMs: number): Promise<void> {
  const queue = runQueue()
  await queue.waitUntilReady()
  await queue.add({ runId: run.id }, { jobId: jobIdOf(run, delayMs), delayMs })
}

/** A job that came before its time and was refused keeps its id until it is gone, so a timer has an id of its own. */
function jobIdOf({ id, fence }: OwedRun, delayMs: number): string {
  return `run-${id}-${fence}${delayMs > 0 ? "-timer" : ""}`
}
