import type { InvitationEntry } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { type Invitation, Prisma } from "@/prisma/generated/client/client"
import { invitationEntries, withInviter } from "./invitation-entry"

/** Changes an invitation that nobody accepted, under its row lock, and puts it on record. */
export async function changeInvitation(
  ctx: Context,
  invitationId: string,
  type: `invitation.${string}`,
  change: (row: Invitation, now: Date) => Prisma.InvitationUpdateInput,
): Promise<Result<{ invitation: InvitationEntry }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  return transaction(async (tx): Promise<Result<{ invitation: InvitationEntry }>> => {
    if (isUuid(invitationId)) {
      await tx.$queryRaw(Prisma.sql`SELECT id FROM "Invitation" WHERE id = ${invitationId}::uuid FOR UPDATE`)
    }
    const row = isUuid(invitationId) ? await tx.invitation.findUnique({ where: { id: invitationId } }) : null
    if (!row) return refused("not_found", "There is no such invitation.")
    if (row.acceptedAt) return refused("conflict", `${row.email} has accepted it already.`)
    const now = await databaseNow(tx)
    const changed = await tx.invitation.update({ where: { id: row.id }, data: change(row, now), include: withInviter })
    const data = { invitationId: row.id, email: row.email }
    await recordSecurityEvent({ type, userId: access.person.id, address: ctx.address, data }, tx)
    const [invitation] = await invitationEntries([changed], now, tx)
    if (!invitation) throw new Error("an invitation has no entry")
    return done({ invitation })
  })
}
