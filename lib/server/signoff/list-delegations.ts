import type { Context } from "@/lib/server/access/context"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { type DelegationEntry, readDelegations } from "./delegation-rows"

/** One's own delegations, given and received, with those that are over. */
export async function listDelegations(ctx: Context): Promise<Result<{ delegations: DelegationEntry[] }>> {
  const { person } = ctx
  if (!person || person.disabled) return refused("unauthenticated", "Sign in first.")
  const mine = Prisma.sql`(d."fromUserId" = ${person.id}::uuid OR d."toUserId" = ${person.id}::uuid)`
  return done({ delegations: await readDelegations(mine) })
}
