import { unlockEnvironmentRequest } from "@/lib/contracts/api/requests"
import { decideUnlock } from "@/lib/domain/environment/decide-unlock"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { authorise, type PersonActor } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { environmentFactsOf, readEnvironmentFacts } from "@/lib/server/commit/environment-facts"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"

const unlocked = { lockedAt: null, lockReason: null, lockedByName: null, lockedByReleaseId: null }

/** Lets deployments into an environment again after a rollback, with a reason. An open one stays open. */
export async function unlockEnvironment(
  ctx: Context,
  where: { service: string; environment: string },
  body: unknown,
): Promise<Result<{ environment: EnvironmentFacts }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const row = await prisma.environment.findFirst({
    where: { key: where.environment, service: { key: where.service } },
    select: { id: true, serviceId: true, lockedByReleaseId: true },
  })
  if (!row) return refused("not_found", "There is no such environment.")
  const access = await authorise(ctx, "environment.unlock", row.serviceId, { environmentId: row.id })
  if (!access.ok) return access
  const input = parseInput(unlockEnvironmentRequest, body)
  if (!input.ok) return input
  const { reason } = input.value
  if (row.lockedByReleaseId) {
    const committed = await withRelease(
      row.lockedByReleaseId,
      ({ state }) => decideUnlock(state, { reason }, access.actor),
      { lockEnvironment: true },
    )
    if (!committed.ok) return committed
  }
  await openRow(row.id, reason, access.actor, ctx.address)
  return done({ environment: environmentFactsOf(await readEnvironmentFacts(prisma, row.id)) })
}

/** A lock that no timeline knows of is opened all the same, and that is put on record elsewhere. */
async function openRow(id: string, reason: string, actor: PersonActor, address: string | null): Promise<void> {
  const opened = await transaction(async (tx) => {
    const { count } = await tx.environment.updateMany({ where: { id, lockedAt: { not: null } }, data: unlocked })
    if (count === 0) return false
    const data = { environmentId: id, reason }
    await recordSecurityEvent({ type: "environment.unlocked", userId: actor.id, address, data }, tx)
    return true
  })
  if (opened) ring(`environment:${id}`)
}
