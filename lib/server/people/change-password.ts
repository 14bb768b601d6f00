import { changePasswordRequest } from "@/lib/contracts/api/people"
import type { Context, Person } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { hashPassword } from "@/lib/server/crypto/passwords"
import { prisma, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { endSessions } from "@/lib/server/sessions/end-sessions"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { confirmPassword } from "./confirm-password"
import { passwordRefusal } from "./password-rules"

/** A sign-in this fresh stands for the current password of somebody who has none. */
const FRESH_SIGN_IN_MS = 10 * 60_000

/**
 * Sets one's own password. It takes the current one; who has none yet (they came by passkey or OpenID) must have signed in
 * within the last minutes. All other sessions end.
 */
export async function changePassword(ctx: Context, body: unknown): Promise<Result<{ endedSessions: number }>> {
  const asking = personAtTheKeyboard(ctx, "change a password")
  if (!asking.ok) return asking
  const { person } = asking
  const input = parseInput(changePasswordRequest, body)
  if (!input.ok) return input
  const proved = await proveOneself(ctx, person, input.value.current)
  if (!proved.ok) return proved
  const refusal = await passwordRefusal(input.value.password, [person.name, person.email])
  if (refusal) return { ok: false, refusal }
  const passwordHash = await hashPassword(input.value.password)

  const endedSessions = await transaction(async (tx) => {
    const ended = await endSessions(tx, person.id, "password_changed", { except: ctx.sessionId ?? undefined })
    await tx.user.update({ where: { id: person.id }, data: { passwordHash }, select: { id: true } })
    const data = { endedSessions: ended }
    await recordSecurityEvent({ type: "password.changed", userId: person.id, address: ctx.address, data }, tx)
    return ended
  })
  ring(`person:${person.id}`)
  return done({ endedSessions })
}

async function proveOneself(ctx: Context, person: Person, current: string | undefined): Promise<Result<null>> {
  const user = await prisma.user.findUnique({ where: { id: person.id }, select: { passwordHash: true } })
  if (user?.passwordHash) {
    if (current !== undefined) return renamed(await confirmPassword(ctx, person, current))
    return refused("invalid", "Your current password is needed.", { field: "current" })
  }
  const since = new Date((await databaseNow()).getTime() - FRESH_SIGN_IN_MS)
  const fresh = ctx.sessionId
    ? await prisma.session.findFirst({ where: { id: ctx.sessionId, userId: person.id, createdAt: { gt: since } } })
    : null
  if (fresh) return done(null)
  return refused("forbidden", "Sign in again first: a first password takes a sign-in of the last ten minutes.")
}

/** The form has two passwords: the wrong one is named. */
function renamed(answer: Result<null>): Result<null> {
  if (answer.ok || answer.refusal.field !== "password") return answer
  return { ok: false, refusal: { ...answer.refusal, message: "The current password is wrong.", field: "current" } }
}
