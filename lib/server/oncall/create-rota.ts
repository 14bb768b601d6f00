import { randomUUID } from "node:crypto"
import { createRotaRequest, type RotaView } from "@/lib/contracts/api/oncall"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { askedOf, refusalOfPeople } from "./check-people"
import { readRotaView } from "./rota-view"

/** Makes a rota of a service under the word that playbooks have for it. */
export async function createRota(ctx: Context, body: unknown): Promise<Result<{ rota: RotaView }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const key = serviceKey(body)
  const service = key === null ? null : await prisma.service.findUnique({ where: { key }, select: { id: true } })
  const access = await authorise(ctx, "oncall.edit", service?.id ?? null)
  if (!access.ok) return access
  const input = parseInput(createRotaRequest, body)
  if (!input.ok) return input
  if (!service) return refused("invalid", "There is no such service.", { field: "service" })
  const { rotation, name } = input.value
  const refusal = await refusalOfPeople(prisma, service.id, askedOf(rotation))
  if (refusal) return { ok: false, refusal }
  const id = randomUUID()
  return transaction(async (tx): Promise<Result<{ rota: RotaView }>> => {
    const now = await databaseNow(tx)
    const { count } = await tx.oncallRota.createMany({
      data: {
        ...{ id, serviceId: service.id, key: input.value.key, name, createdAt: now, updatedAt: now },
        rotation: rotation as unknown as Prisma.InputJsonObject,
      },
      // Two at once: one of them makes it.
      skipDuplicates: true,
    })
    if (count === 0) return refused("conflict", `There is a rota “${input.value.key}” already.`, { field: "key" })
    const data = { rotaId: id, serviceId: service.id, key: input.value.key, name, rotation }
    await recordSecurityEvent({ type: "oncall.rota_created", userId: access.actor.id, address: ctx.address, data }, tx)
    const rota = await readRotaView(ctx, id, now, tx)
    if (!rota) throw new Error("a rota that was made is not there")
    return done({ rota })
  })
}

function serviceKey(body: unknown): string | null {
  const key = typeof body === "object" && body !== null ? (body as Record<string, unknown>).service : null
  return typeof key === "string" && key.length <= 80 && !key.includes("\u0000") ? key : null
}
