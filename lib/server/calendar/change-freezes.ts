import type { PersonActor } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { type Tx, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { Prisma } from "@/prisma/generated/client/client"

export interface FreezeScope {
  serviceId: string | null
  environmentId: string | null
}

/**
 * Changes what holds for environments, on record, and tells who watches them. Their rows are locked first, in one order: a
 * start that holds one of them is committed before the change, and every later one sees it. Null: nothing was changed.
 */
export async function changeFreezes<T>(
  ctx: Context,
  { scope, type, actor }: { scope: FreezeScope; type: string; actor: PersonActor },
  change: (tx: Tx, now: Date) => Promise<{ result: T; data: Record<string, unknown> } | null>,
): Promise<T | null> {
  const { serviceId, environmentId } = scope
  const changed = await transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT id FROM "Environment"
      WHERE (${serviceId}::uuid IS NULL OR "serviceId" = ${serviceId}::uuid)
        AND (${environmentId}::uuid IS NULL OR id = ${environmentId}::uuid)
      ORDER BY id FOR UPDATE`)
    const outcome = await change(tx, await databaseNow(tx))
    if (!outcome) return null
    const data = { ...outcome.data, ...scope }
    await recordSecurityEvent({ type, userId: actor.id, address: ctx.address, data }, tx)
    return { result: outcome.result, rows }
  })
  for (const { id } of changed?.rows ?? []) ring(`environment:${id}`)
  return changed ? changed.result : null
}
