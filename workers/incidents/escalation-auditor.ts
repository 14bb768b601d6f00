import { countStuckTimers, findSilentIncidents } from "@/lib/server/incident/find-silent-incidents"
import { mendClocks } from "@/lib/server/incident/mend-clocks"
import { log } from "@/lib/server/log"

const LOOK_MS = 15_000
/** A timer fires half a second late on an idle console; what is later than this was lost. */
const GRACE_MS = 10_000
/** What is there and does not fire: the others may be many, so that one more minute says nothing yet. */
const STUCK_MS = 60_000
const BATCH = 200

/** Of one look: incidents whose clocks stood still, timers that were set anew, and timers that are due and do not fire. */
export interface Audited {
  silent: number
  mended: number
  stuck: number
}

/** Finds every running escalation whose deadline passed unserved, and gives it its timers back. */
export async function auditEscalations(): Promise<Audited> {
  // First: what is set anew below is due already, and has had no chance yet.
  const { count: stuck, since } = await countStuckTimers({ graceMs: STUCK_MS })
  if (stuck > 0) log.error({ stuck, since }, "timers of incidents are due and do not fire")
  const silent = await findSilentIncidents({ graceMs: GRACE_MS, limit: BATCH })
  let mended = 0
  for (const { id, releaseId, nextDueAt } of silent) {
    const timers = await mendClocks({ id, releaseId })
    mended += timers.length
    log.error(
      { incidentId: id, releaseId, dueAt: nextDueAt, mended: timers.map(({ kind }) => kind) },
      "an incident's clock stood still: its timers were set anew",
    )
  }
  return { silent: silent.length, mended, stuck }
}

/** Looks now and every quarter of a minute, one look at a time. Answers with the way to stop. */
export function startEscalationAuditor(): () => Promise<void> {
  let stopped = false
  let next: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    try {
      await auditEscalations()
    } catch (error) {
      log.warn({ err: error }, "escalations could not be looked over")
    }
    if (!stopped) next = setTimeout(begin, LOOK_MS)
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
