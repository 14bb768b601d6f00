import { randomUUID } from "node:crypto"
import { createOverrideRequest, MOST_SHIFT_DAYS, type OverrideView, type RotaView } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { accessRota, lockRota, noSuchRota } from "./access-rota"
import { refusalOfPeople } from "./check-people"
import { overrideView, readPeople, readRotaView } from "./rota-view"

const MINUTE_MS = 60_000
/** Between filling in a form and sending it a while goes by: so much is taken for "now". */
const SLOW_HAND_MS = 10 * MINUTE_MS
/** More than this at once is no exception any more, but a rotation. */
const MOST_AHEAD = 200

/**
 * Somebody takes hours over. They may overlap others': the newest wins. What is past is past: an override begins at the
 * earliest now, so that who was called before stays explained.
 */
export async function createOverride(
  ctx: Context,
  rotaId: string,
  body: unknown,
): Promise<Result<{ override: OverrideView; rota: RotaView }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(createOverrideRequest, body)
  if (!input.ok) return input
  const { rota, access } = found.value
  const { personId, reason = null } = input.value
  const refusal = await refusalOfPeople(prisma, rota.serviceId, [{ field: "personId", personId }])
  if (refusal) return { ok: false, refusal }
  return transaction(async (tx): Promise<Result<{ override: OverrideView; rota: RotaView }>> => {
    if (!(await lockRota(tx, rota.id))) return noSuchRota
    const now = await databaseNow(tx)
    const span = spanOf(input.value, now.getTime())
    if (!span.ok) return span
    const ahead = await tx.oncallOverride.count({ where: { rotaId: rota.id, cancelledAt: null, endsAt: { gt: now } } })
    if (ahead >= MOST_AHEAD) {
      return refused("conflict", `There are ${MOST_AHEAD} overrides ahead already. Change the rotation instead.`)
    }
    const row = await tx.oncallOverride.create({
      data: {
        ...{ id: randomUUID(), rotaId: rota.id, userId: personId, reason, createdAt: now, ...span.value },
        ...{ createdById: access.actor.id, createdByName: access.actor.name },
      },
    })
    const { startsAt, endsAt } = span.value
    const words = { personId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), reason }
    const data = { rotaId: rota.id, serviceId: rota.serviceId, key: rota.key, overrideId: row.id, ...words }
    await recordSecurityEvent({ type: "oncall.override_made", userId: access.actor.id, address: ctx.address, data }, tx)
    const view = await readRotaView(ctx, rota.id, now, tx)
    return view ? done({ override: overrideView(row, await readPeople(tx, [personId])), rota: view }) : noSuchRota
  })
}

function spanOf(
  { startsAt, endsAt }: { startsAt?: string; endsAt: string },
  nowMs: number,
): Result<{ startsAt: Date; endsAt: Date }> {
  const askedMs = startsAt === undefined ? nowMs : Date.parse(startsAt)
  if (askedMs < nowMs - SLOW_HAND_MS) return refused("invalid", "That is past.", { field: "startsAt" })
  const startMs = Math.max(askedMs, nowMs)
  const endMs = Date.parse(endsAt)
  if (endMs <= nowMs) return refused("invalid", "That is past.", { field: "endsAt" })
  if (endMs <= startMs) return refused("invalid", "It must be after the beginning.", { field: "endsAt" })
  if (endMs - startMs > MOST_SHIFT_DAYS * 86_400_000) {
    return refused("invalid", `That is more than ${MOST_SHIFT_DAYS} days.`, { field: "endsAt" })
  }
  return done({ startsAt: new Date(startMs), endsAt: new Date(endMs) })
}
