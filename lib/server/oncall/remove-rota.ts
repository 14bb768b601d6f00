import { removeRotaRequest } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { accessRota, lockRota, noSuchRota } from "./access-rota"
import { readRotaView } from "./rota-view"
import { staleRota } from "./stale-rota"

/** Removes a rota with its overrides and its feed. What it was stays on record. */
export async function removeRota(ctx: Context, rotaId: string, body: unknown): Promise<Result<{ id: string }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(removeRotaRequest, body)
  if (!input.ok) return input
  const { rota, access } = found.value
  return transaction(async (tx): Promise<Result<{ id: string }>> => {
    const locked = await lockRota(tx, rota.id)
    if (!locked) return noSuchRota
    if (locked.revision !== input.value.revision) {
      return staleRota(await readRotaView(ctx, rota.id, await databaseNow(tx), tx))
    }
    const overrides = await tx.oncallOverride.findMany({
      where: { rotaId: rota.id },
      orderBy: { createdAt: "desc" },
      select: { userId: true, startsAt: true, endsAt: true, createdByName: true, cancelledAt: true },
      take: 500,
    })
    await tx.oncallOverride.deleteMany({ where: { rotaId: rota.id } })
    await tx.oncallRota.delete({ where: { id: rota.id } })
    const { serviceId, key, name, rotation } = locked
    const kept = JSON.parse(JSON.stringify(overrides)) as unknown
    const data = { rotaId: rota.id, serviceId, key, name, rotation, overrides: kept }
    await recordSecurityEvent({ type: "oncall.rota_removed", userId: access.actor.id, address: ctx.address, data }, tx)
    return done({ id: rota.id })
  })
}
