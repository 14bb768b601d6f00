import { randomUUID } from "node:crypto"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { type Tx, transaction } from "@/lib/server/db"
import { lockOpenInvitation, takeInvitation } from "@/lib/server/invitations/take-invitation"
import { Prisma } from "@/prisma/generated/client/client"
import type { OpenIdClaims } from "./openid-provider"

export type Admission =
  | { ok: true; userId: string }
  | { ok: false; reason: "OpenIdUnknown" | "OpenIdUnverified" | "OpenIdDisabled" }

/**
 * Whom an identity provider's verified answer lets in: who came this way before (by issuer and subject, whatever their address
 * is now), and with an e-mail address that the provider vouches for, who is here already or holds an open invitation.
 */
export async function admitByOpenId(claims: OpenIdClaims, address: string | null): Promise<Admission> {
  const { iss: issuer, sub: subject } = claims
  return transaction(async (tx) => {
    // Two first sign-ins of one identity at once: the second finds what the first made.
    await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${issuer}\n${subject}`}, 0))`)
    const admission = await admit(tx, claims)
    const record = (type: string, userId: string | null, data: Record<string, string>) =>
      recordSecurityEvent({ type, userId, address, data: { issuer, subject, ...data } }, tx)
    if (!admission.ok) await record("sign_in.refused", null, { by: "openid", why: admission.reason })
    else await record("sign_in.done", admission.userId, { by: "openid" })
    return admission
  })
}

async function admit(tx: Tx, { iss: issuer, sub: subject, ...claims }: OpenIdClaims): Promise<Admission> {
  const known = await tx.externalIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    include: { user: { select: { disabledAt: true } } },
  })
  const now = await databaseNow(tx)
  if (known) {
    if (known.user.disabledAt) return { ok: false, reason: "OpenIdDisabled" }
    await tx.externalIdentity.update({ where: { id: known.id }, data: { lastUsedAt: now } })
    return { ok: true, userId: known.userId }
  }
  const email = claims.email?.trim().toLowerCase()
  if (!email) return { ok: false, reason: "OpenIdUnknown" }
  if (claims.email_verified !== true) return { ok: false, reason: "OpenIdUnverified" }
  const person = await tx.user.findUnique({ where: { email }, select: { id: true, disabledAt: true } })
  if (person?.disabledAt) return { ok: false, reason: "OpenIdDisabled" }
  const userId = person?.id ?? (await acceptByAddress(tx, email, claims.name))
  if (!userId) return { ok: false, reason: "OpenIdUnknown" }
  await tx.externalIdentity.create({ data: { id: randomUUID(), userId, issuer, subject, lastUsedAt: now } })
  return { ok: true, userId }
}

async function acceptByAddress(tx: Tx, email: string, name: string | undefined): Promise<string | null> {
  const invitation = await lockOpenInvitation(tx, { email })
  if (!invitation) return null
  const called = name?.trim().slice(0, 120) || invitation.name
  const { id } = await takeInvitation(tx, invitation, { name: called, passwordHash: null })
  const data = { invitationId: invitation.id, by: "openid" }
  await recordSecurityEvent({ type: "invitation.accepted", userId: id, address: null, data }, tx)
  return id
}
