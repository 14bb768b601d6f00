import { mayPerform } from "@/lib/domain/access/policy"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"

/** Ends a token at once, with what is open by it: one's own, or anybody's for those who manage people. Doing it twice is no fault. */
export async function revokeToken(ctx: Context, tokenId: string): Promise<Result<{ id: string; revokedAt: string }>> {
  const access = await authorise(ctx, "token.revoke", null)
  if (!access.ok) return access
  const anybody = mayPerform(access.roles, "people.manage")
  const answer = await transaction(async (tx) => {
    const row = isUuid(tokenId) ? await tx.apiToken.findUnique({ where: { id: tokenId } }) : null
    if (!row || (row.userId !== access.person.id && !anybody)) return null
    if (row.revokedAt) return { id: row.id, ownerId: row.userId, revokedAt: row.revokedAt.toISOString() }
    const revokedAt = await databaseNow(tx)
    await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt } })
    const data = { tokenId: row.id, ownerId: row.userId }
    await recordSecurityEvent({ type: "token.revoked", userId: access.person.id, address: ctx.address, data }, tx)
    return { id: row.id, ownerId: row.userId, revokedAt: revokedAt.toISOString() }
  })
  if (!answer) return refused("not_found", "There is no such token.")
  ring(`person:${answer.ownerId}`)
  return done({ id: answer.id, revokedAt: answer.revokedAt })
}
