import { patchRotaRequest, type RotaView } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessRota, lockRota, noSuchRota } from "./access-rota"
import { askedOf, refusalOfPeople } from "./check-people"
import { readRotaView } from "./rota-view"
import { staleRota } from "./stale-rota"

/** Changes a rota's name or rotation. Overrides stay. Refusals: stale (`detail.current`), people by field. */
export async function patchRota(ctx: Context, rotaId: string, body: unknown): Promise<Result<{ rota: RotaView }>> {
  const found = await accessRota(ctx, "oncall.edit", rotaId)
  if (!found.ok) return found
  const input = parseInput(patchRotaRequest, body)
  if (!input.ok) return input
  const { rota, access } = found.value
  const { revision, name, rotation } = input.value
  const refusal = rotation ? await refusalOfPeople(prisma, rota.serviceId, askedOf(rotation)) : null
  if (refusal) return { ok: false, refusal }
  return transaction(async (tx): Promise<Result<{ rota: RotaView }>> => {
    const locked = await lockRota(tx, rota.id)
    const now = await databaseNow(tx)
    if (!locked) return noSuchRota
    if (locked.revision !== revision) return staleRota(await readRotaView(ctx, rota.id, now, tx))
    await tx.oncallRota.update({
      where: { id: rota.id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(rotation ? { rotation: rotation as unknown as Prisma.InputJsonObject } : {}),
        ...{ revision: { increment: 1 }, updatedAt: now },
      },
    })
    // The rotation as it was is on record: who was called before the change was called because of it.
    const before = { name: locked.name, rotation: locked.rotation }
    const data = { rotaId: rota.id, serviceId: rota.serviceId, key: rota.key, before, name, rotation }
    await recordSecurityEvent({ type: "oncall.rota_changed", userId: access.actor.id, address: ctx.address, data }, tx)
    const changed = await readRotaView(ctx, rota.id, now, tx)
    return changed ? done({ rota: changed }) : noSuchRota
  })
}
