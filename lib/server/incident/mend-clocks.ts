import { incidentSubject, incidentTimers } from "@/lib/domain/incident/incident-timers"
import type { NewTimer } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import { withRelease } from "@/lib/server/commit/with-release"

/** Sets the timers anew that an incident should have and has not, at the times that they had. Answers which those were. */
export async function mendClocks({ id, releaseId }: { id: string; releaseId: string }): Promise<NewTimer[]> {
  const committed = await withRelease<NewTimer[]>(releaseId, async ({ tx, state }) => {
    const incident = own(state.incidents, id)
    const wanted = incident ? incidentTimers(incident, state.timeScale) : []
    const there = await tx.timer.findMany({
      where: { releaseId, subject: incidentSubject(id), firedAt: null, cancelledAt: null },
      select: { kind: true, dueAt: true, data: true },
    })
    const isThere = ({ kind, dueAt, data }: NewTimer) =>
      there.some(
        (timer) => timer.kind === kind && timer.dueAt.toISOString() <= dueAt && levelOf(timer.data) === levelOf(data),
      )
    const missing = wanted.filter((timer) => !isThere(timer))
    return { decision: { ok: true, events: [], timers: missing }, result: missing }
  })
  return (committed.ok && committed.result) || []
}

function levelOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "level" in data ? data.level : null
}
