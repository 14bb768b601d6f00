import { z } from "zod"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { type DelegationEntry, readDelegations } from "./delegation-rows"

const noSuchDelegation = refused("not_found", "There is no such delegation.")

/** Ends a delegation before its date: whoever gave it, or got it. Ended already: answers with it as it is. */
export async function endDelegation(
  ctx: Context,
  id: string,
  body: unknown,
): Promise<Result<{ delegation: DelegationEntry }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const row = z.uuid().safeParse(id).success ? await prisma.delegation.findUnique({ where: { id } }) : null
  const personId = ctx.person.id
  const concerned = row !== null && (row.fromUserId === personId || row.toUserId === personId)
  // Who was named as a stand-in need not hold any role that delegates, and can put it down all the same.
  if (!concerned || ctx.tokenScopes !== null || ctx.person.disabled) {
    const access = await authorise(ctx, "signoff.delegate", row?.serviceId ?? null)
    if (!access.ok) return access
  }
  const input = parseInput(z.strictObject({}).optional(), body)
  if (!input.ok) return input
  // Somebody else's is as good as not there.
  if (!row || !concerned) return noSuchDelegation
  if (row.endedAt === null) {
    const endedAt = await databaseNow()
    await prisma.delegation.updateMany({ where: { id, endedAt: null }, data: { endedAt } })
    const data = { delegationId: id, role: row.role }
    await recordSecurityEvent({ type: "delegation.ended", userId: personId, address: ctx.address, data })
  }
  const [delegation] = await readDelegations(Prisma.sql`d.id = ${id}::uuid`)
  return delegation ? done({ delegation }) : noSuchDelegation
}
