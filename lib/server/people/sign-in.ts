import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { forgetAttempts, takeAttempt, WRONG_PASSWORDS } from "@/lib/server/access/take-attempt"
import { verifyPassword } from "@/lib/server/crypto/passwords"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"

export type SignIn =
  | { ok: true; person: { id: string; name: string; email: string } }
  | { ok: false; reason: "wrong" | "too_many" }

/**
 * Checks an e-mail address and a password. Unknown addresses, disabled accounts and wrong passwords get the same answer after the
 * same work. Attempts are counted for the address and the client together, and (more generously) for the client alone.
 */
export async function signIn(input: { email: string; password: string; address: string | null }): Promise<SignIn> {
  const email = input.email.trim().toLowerCase().slice(0, 320)
  const from = input.address ?? "unknown"
  const bucket = `sign-in:${sha256Hex(`${email}\n${from}`)}`
  const limits = await Promise.all([
    takeAttempt(bucket, WRONG_PASSWORDS),
    takeAttempt(`sign-in-from:${sha256Hex(from)}`, { ...WRONG_PASSWORDS, max: WRONG_PASSWORDS.max * 60 }),
    takeAttempt(`sign-in-for:${sha256Hex(email)}`, { ...WRONG_PASSWORDS, max: WRONG_PASSWORDS.max * 12 }),
  ])
  if (limits.some((limit) => limit.retryAfterMs > 0)) {
    await recordSecurityEvent({ type: "sign_in.limited", userId: null, address: input.address, data: { email } })
    return { ok: false, reason: "too_many" }
  }
  const user = await prisma.user.findUnique({ where: { email } })
  const usable = user?.disabledAt === null ? user : null
  const right = await verifyPassword(usable?.passwordHash ?? null, input.password.slice(0, 1_000))
  if (!usable || !right) {
    await recordSecurityEvent({
      type: "sign_in.refused",
      userId: user?.id ?? null,
      address: input.address,
      data: { email },
    })
    return { ok: false, reason: "wrong" }
  }
  await Promise.all([forgetAttempts(bucket), forgetAttempts(`sign-in-for:${sha256Hex(email)}`)])
  await recordSecurityEvent({ type: "sign_in.done", userId: usable.id, address: input.address, data: {} })
  return { ok: true, person: { id: usable.id, name: usable.name, email: usable.email } }
}
