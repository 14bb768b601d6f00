import { endOtherSessionsRequest } from "@/lib/contracts/api/people"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { endSessions } from "./end-sessions"
import { personAtTheKeyboard } from "./person-at-the-keyboard"

/** Ends one of one's own sessions. One that has ended is no fault; one of somebody else is not found. */
export async function endOwnSession(ctx: Context, sessionId: string): Promise<Result<{ id: string; ended: boolean }>> {
  const asking = personAtTheKeyboard(ctx, "end sessions")
  if (!asking.ok) return asking
  const userId = asking.person.id
  const found = await transaction(async (tx) => {
    const row = isUuid(sessionId) ? await tx.session.findFirst({ where: { id: sessionId, userId } }) : null
    if (!row) return null
    const ended = await endSessions(tx, userId, "ended_by_person", { only: sessionId })
    if (ended > 0) {
      await recordSecurityEvent({ type: "session.ended", userId, address: ctx.address, data: { sessionId } }, tx)
    }
    return { id: row.id, ended: ended > 0 }
  })
  if (!found) return refused("not_found", "There is no such session.")
  ring(`person:${userId}`)
  return done(found)
}

/** Signs out everywhere but here. */
export async function endOtherSessions(ctx: Context, body: unknown): Promise<Result<{ ended: number }>> {
  const asking = personAtTheKeyboard(ctx, "end sessions")
  if (!asking.ok) return asking
  const input = parseInput(endOtherSessionsRequest, body)
  if (!input.ok) return input
  const userId = asking.person.id
  const ended = await transaction(async (tx) => {
    const count = await endSessions(tx, userId, "ended_by_person", { except: ctx.sessionId ?? undefined })
    await recordSecurityEvent({ type: "session.others_ended", userId, address: ctx.address, data: { count } }, tx)
    return count
  })
  ring(`person:${userId}`)
  return done({ ended })
}
