import { type Oncall, oncallQuery } from "@/lib/contracts/api/oncall"
import type { Context } from "@/lib/server/access/context"
import { readableServices } from "@/lib/server/calendar/readable-services"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { mayEditOncall, readRotaViews } from "./rota-view"

/** The rotas of the services that the caller may see, with who is called now, until when, and who then. */
export async function listRotas(ctx: Context, query: Record<string, string>): Promise<Result<Oncall>> {
  const readable = await readableServices(ctx, "oncall.read")
  if (!readable.ok) return readable
  const input = parseInput(oncallQuery, query)
  if (!input.ok) return input
  const services = await prisma.service.findMany({
    where: {
      ...(readable.value === null ? {} : { id: { in: readable.value } }),
      ...(input.value.service === undefined ? {} : { key: input.value.service }),
    },
    select: { id: true, key: true, name: true },
    orderBy: { key: "asc" },
  })
  if (input.value.service !== undefined && services.length === 0) {
    return refused("not_found", "There is no such service.")
  }
  const now = await databaseNow()
  const rotas = await readRotaViews(ctx, { serviceId: { in: services.map(({ id }) => id) } }, now)
  return done({
    now: now.toISOString(),
    services: services.map(({ id, key, name }) => ({ key, name, mayEdit: mayEditOncall(ctx, id) })),
    rotas,
  })
}
