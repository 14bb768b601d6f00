import type { InvitationEntry } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { invitationEntries, withInviter } from "./invitation-entry"

export async function listInvitations(ctx: Context): Promise<Result<{ invitations: InvitationEntry[] }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const rows = await prisma.invitation.findMany({ include: withInviter, orderBy: { createdAt: "desc" }, take: 200 })
  return done({ invitations: await invitationEntries(rows, await databaseNow()) })
}
