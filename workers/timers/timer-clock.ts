import { log } from "@/lib/server/log"
import { type DueTimer, findDueTimers, stillDue } from "@/lib/server/timers/find-due-timers"
import { fireTimer } from "@/lib/server/timers/fire-timer"
import { timerHandlers } from "./timer-handlers"

/** How late a timer may fire on an idle console. */
const LOOK_MS = 500
const BATCH = 200
const SIDE_BY_SIDE = 8
/** A timer whose firing throws is left alone this long, so that the others get their turn. */
const AFTER_FAULT_MS = 15_000

/**
 * Fires what is due, now and twice a second: every worker does, and the rows decide who was first. Answers with the way
 * to stop, which waits for what is being fired.
 */
export function startTimerClock(): () => Promise<void> {
  const faults = new Map<string, number>()
  let stopped = false
  let next: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  /** Answers whether another worker was first. */
  async function fire(timer: DueTimer): Promise<boolean> {
    try {
      const fired = await fireTimer(timer, timerHandlers[timer.kind])
      faults.delete(timer.id)
      return !fired
    } catch (error) {
      faults.set(timer.id, performance.now())
      log.warn({ err: error, timer: timer.kind, timerId: timer.id }, "a timer could not be fired yet")
      return false
    }
  }

  /** Fires what is due of one release. Where another worker is at it, the rest is left to that one, or to the next look. */
  async function fireAll(timers: readonly DueTimer[]): Promise<void> {
    for (const timer of await stillDue(timers)) {
      if (stopped || (await fire(timer))) return
    }
  }

  /** Answers whether there may be more that is due already. */
  async function fireDue(): Promise<boolean> {
    try {
      const found = await findDueTimers(BATCH)
      const due = found.filter(({ id }) => {
        const failedAtMs = faults.get(id)
        return failedAtMs === undefined || performance.now() - failedAtMs > AFTER_FAULT_MS
      })
      // Those of one release wait for each other's lock anyway: in order, so that the longest due comes first.
      const byRelease = shuffled(groupedByRelease(due))
      const lanes = Array.from({ length: Math.min(SIDE_BY_SIDE, byRelease.length) }, async () => {
        for (let timers = byRelease.shift(); timers && !stopped; timers = byRelease.shift()) {
          await fireAll(timers)
        }
      })
      await Promise.all(lanes)
      return found.length === BATCH && due.length > 0
    } catch (error) {
      log.warn({ err: error }, "due timers could not be looked for")
      return false
    }
  }
  async function look(): Promise<void> {
    const isMore = await fireDue()
    if (!stopped) next = setTimeout(begin, isMore ? 0 : LOOK_MS)
  }
  function begin(): void {
    looking = look()
  }
  begin()

  return async () => {
    stopped = true
    clearTimeout(next)
    await looking
  }
}

function groupedByRelease(timers: readonly DueTimer[]): DueTimer[][] {
  const groups = new Map<string, DueTimer[]>()
  for (const timer of timers) groups.set(timer.releaseId, [...(groups.get(timer.releaseId) ?? []), timer])
  return [...groups.values()]
}

/** Several workers find the same timers: each begins somewhere else, and leaves alone what another has fired meanwhile. */
function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((each) => ({ each, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each)
}
