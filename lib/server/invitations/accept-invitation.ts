import { acceptInvitationRequest } from "@/lib/contracts/api/people"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { takeAttempt } from "@/lib/server/access/take-attempt"
import { hashPassword } from "@/lib/server/crypto/passwords"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { passwordRefusal } from "@/lib/server/people/password-rules"
import { done, type Result, refused } from "@/lib/server/result"
import { lockOpenInvitation, takeInvitation } from "./take-invitation"

const ATTEMPTS = { max: 20, windowMs: 15 * 60_000 }
const gone = refused(
  "not_found",
  "This invitation was used already, was taken back, or has expired. Ask for a new link.",
)

/** Joins with an invitation's link: once, with a name and a password of one's own. */
export async function acceptInvitation(ctx: Context, body: unknown): Promise<Result<{ email: string }>> {
  const { retryAfterMs } = await takeAttempt(`invite:${ctx.address ?? "unknown"}`, ATTEMPTS)
  if (retryAfterMs > 0) {
    return refused("rate_limited", "Too many attempts. Wait a little.", { detail: { retryAfterMs } })
  }
  const input = parseInput(acceptInvitationRequest, body)
  if (!input.ok) return input
  const { token, name, password } = input.value
  const tokenHash = sha256Hex(token)
  const invitation = await prisma.invitation.findUnique({ where: { tokenHash } })
  if (!invitation) return gone
  const refusal = await passwordRefusal(password, [name, invitation.email])
  if (refusal) return { ok: false, refusal }
  const passwordHash = await hashPassword(password)
  return transaction(async (tx): Promise<Result<{ email: string }>> => {
    const open = await lockOpenInvitation(tx, { tokenHash })
    if (!open) return gone
    if (await tx.user.findUnique({ where: { email: open.email }, select: { id: true } })) {
      return refused("conflict", `${open.email} has an account here already. Sign in with it.`)
    }
    const { id } = await takeInvitation(tx, open, { name, passwordHash })
    const data = { invitationId: open.id, by: "password" }
    await recordSecurityEvent({ type: "invitation.accepted", userId: id, address: ctx.address, data }, tx)
    return done({ email: open.email })
  })
}
