import { randomUUID } from "node:crypto"
import { createFreezeRequest, type FreezeView } from "@/lib/contracts/api/calendar"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { changeFreezes } from "./change-freezes"
import { readFreezeView } from "./freeze-view"

/** Freezes an environment, a service, or all of them; for all it takes a role that is held for all. */
export async function createFreeze(ctx: Context, body: unknown): Promise<Result<{ freeze: FreezeView }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const key = serviceKey(body)
  const service = key === null ? null : await prisma.service.findUnique({ where: { key }, select: { id: true } })
  const access = await authorise(ctx, "calendar.edit", service?.id ?? null)
  if (!access.ok) return access
  const input = parseInput(createFreezeRequest, body)
  if (!input.ok) return input
  const { name, reason, rule } = input.value
  const scope = { serviceId: service?.id ?? null, environmentId: null as string | null }
  if (input.value.service !== null && !service) {
    return refused("invalid", "There is no such service.", { field: "service" })
  }
  if (input.value.environment !== null && service) {
    const where = { serviceId_key: { serviceId: service.id, key: input.value.environment } }
    const environment = await prisma.environment.findUnique({ where, select: { id: true } })
    if (!environment) return refused("invalid", "There is no such environment.", { field: "environment" })
    scope.environmentId = environment.id
  }
  const { actor } = access
  const id = randomUUID()
  await changeFreezes(ctx, { scope, type: "freeze.created", actor }, async (tx, now) => {
    await tx.freeze.create({
      data: {
        ...{ id, ...scope, name, reason, rule: rule as unknown as Prisma.InputJsonObject },
        ...{ authorId: actor.id, authorName: actor.name, createdAt: now, updatedAt: now },
      },
      select: { id: true },
    })
    return { result: true, data: { freezeId: id, name, reason, rule } }
  })
  return done({ freeze: await readFreezeView(ctx, id) })
}

function serviceKey(body: unknown): string | null {
  const key = typeof body === "object" && body !== null ? (body as Record<string, unknown>).service : null
  return typeof key === "string" && key.length <= 80 && !key.includes("\u0000") ? key : null
}
