import { randomUUID } from "node:crypto"
import { type InvitationEntry, inviteRequest } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { invitationEntries, withInviter } from "./invitation-entry"
import { INVITATION_MS, newLink } from "./invitation-link"

/** Invites an address with roles. The link is answered once and kept nowhere; an earlier open invitation of the address ends. */
export async function invite(
  ctx: Context,
  body: unknown,
): Promise<Result<{ invitation: InvitationEntry; link: string }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const input = parseInput(inviteRequest, body)
  if (!input.ok) return input
  const email = input.value.email.toLowerCase()
  const { link, tokenHash } = newLink()
  return transaction(async (tx): Promise<Result<{ invitation: InvitationEntry; link: string }>> => {
    const known = await tx.user.findUnique({ where: { email }, select: { name: true } })
    if (known) {
      const message = `${email} is here already: ${known.name}. Give them the roles in the list of people.`
      return refused("conflict", message, { field: "email" })
    }
    const services = await tx.service.findMany({ select: { id: true, key: true } })
    const grants: { role: string; serviceId: string | null }[] = []
    for (const [index, { role, service: key }] of input.value.grants.entries()) {
      const service = services.find((one) => one.key === key)
      if (key !== null && !service) {
        return refused("invalid", `There is no service "${key}".`, { field: `grants.${index}.service` })
      }
      grants.push({ role, serviceId: service?.id ?? null })
    }
    const now = await databaseNow(tx)
    await tx.invitation.updateMany({ where: { email, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } })
    const row = await tx.invitation.create({
      data: {
        id: randomUUID(),
        email,
        name: input.value.name,
        grants,
        tokenHash,
        invitedById: access.person.id,
        createdAt: now,
        expiresAt: new Date(now.getTime() + INVITATION_MS),
      },
      include: withInviter,
    })
    const data = { invitationId: row.id, email, grants: input.value.grants }
    await recordSecurityEvent({ type: "invitation.made", userId: access.person.id, address: ctx.address, data }, tx)
    const [invitation] = await invitationEntries([row], now, tx)
    if (!invitation) throw new Error("an invitation has no entry")
    return done({ invitation, link })
  })
}
