import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { endSessions } from "./end-sessions"

/** Signs a person out everywhere, at once; they may sign in again. */
export async function endSessionsOf(ctx: Context, personId: string): Promise<Result<{ ended: number }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const ended = await transaction(async (tx) => {
    const person = isUuid(personId) ? await tx.user.findUnique({ where: { id: personId } }) : null
    if (!person) return null
    const count = await endSessions(tx, personId, "ended_by_admin")
    // Also cookies whose row is not seen yet: a sign-in that is under way carries the old epoch.
    await tx.user.update({ where: { id: personId }, data: { sessionEpoch: { increment: 1 } }, select: { id: true } })
    const data = { personId, count }
    await recordSecurityEvent({ type: "session.all_ended", userId: access.person.id, address: ctx.address, data }, tx)
    return count
  })
  if (ended === null) return refused("not_found", "There is no such person.")
  ring(`person:${personId}`)
  return done({ ended })
}
