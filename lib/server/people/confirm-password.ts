import type { Context, Person } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { forgetAttempts, takeAttempt, WRONG_PASSWORDS } from "@/lib/server/access/take-attempt"
import { verifyPassword } from "@/lib/server/crypto/passwords"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"

/** A fresh proof that the person at the keyboard is the one who signed in. Wrong ones are counted and put on record. */
export async function confirmPassword(ctx: Context, person: Person, password: string): Promise<Result<null>> {
  const bucket = `password:${person.id}`
  const { retryAfterMs } = await takeAttempt(bucket, WRONG_PASSWORDS)
  if (retryAfterMs > 0) {
    await recordSecurityEvent({ type: "password.limited", userId: person.id, address: ctx.address, data: {} })
    const minutes = Math.ceil(retryAfterMs / 60_000)
    const message = `Too many wrong passwords. Try again in ${minutes} min.`
    return refused("rate_limited", message, { detail: { retryAfterMs } })
  }
  const user = await prisma.user.findUnique({ where: { id: person.id }, select: { passwordHash: true } })
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) {
    await recordSecurityEvent({ type: "password.wrong", userId: person.id, address: ctx.address, data: {} })
    return refused("forbidden", "The password is wrong.", { field: "password" })
  }
  await forgetAttempts(bucket)
  return done(null)
}
