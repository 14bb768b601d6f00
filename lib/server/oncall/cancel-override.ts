import { cancelOverrideRequest, type OverrideView, type RotaView } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { accessRota, lockRota, noSuchRota } from "./access-rota"
import { overrideView, readPeople, readRotaView } from "./rota-view"

/** Takes an override back from now on. It is kept: who was called meanwhile was called because of it. */
export async function cancelOverride(
  ctx: Context,
  rotaId: string,
  overrideId: string,
  body: unknown,
): Promise<Result<{ override: OverrideView; rota: RotaView }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(cancelOverrideRequest, body)
  if (!input.ok) return input
  const { rota, access } = found.value
  return transaction(async (tx): Promise<Result<{ override: OverrideView; rota: RotaView }>> => {
    if (!(await lockRota(tx, rota.id))) return noSuchRota
    const now = await databaseNow(tx)
    const row = isUuid(overrideId)
      ? await tx.oncallOverride.findUnique({ where: { id: overrideId, rotaId: rota.id } })
      : null
    if (!row) return refused("not_found", "There is no such override.")
    if (row.cancelledAt) return refused("conflict", "It is cancelled already.")
    if (row.endsAt <= now) return refused("conflict", "It is over already.")
    const changed = await tx.oncallOverride.update({ where: { id: row.id }, data: { cancelledAt: now } })
    const data = { rotaId: rota.id, serviceId: rota.serviceId, key: rota.key, overrideId: row.id }
    const type = "oncall.override_cancelled"
    await recordSecurityEvent({ type, userId: access.actor.id, address: ctx.address, data }, tx)
    const view = await readRotaView(ctx, rota.id, now, tx)
    return view ? done({ override: overrideView(changed, await readPeople(tx, [row.userId])), rota: view }) : noSuchRota
  })
}
