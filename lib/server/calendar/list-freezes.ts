import { type FreezeView, freezesQuery } from "@/lib/contracts/api/calendar"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { freezesOf, readFreezeViews } from "./freeze-view"
import { readableServices } from "./readable-services"

/** The freezes of the services that the caller may see, those of all services among them. */
export async function listFreezes(
  ctx: Context,
  query: Record<string, string>,
): Promise<Result<{ freezes: FreezeView[] }>> {
  const readable = await readableServices(ctx)
  if (!readable.ok) return readable
  const input = parseInput(freezesQuery, query)
  if (!input.ok) return input
  let services = readable.value
  if (input.value.service !== undefined) {
    const found = await prisma.service.findUnique({ where: { key: input.value.service }, select: { id: true } })
    if (!found || (services && !services.includes(found.id))) return refused("not_found", "There is no such service.")
    services = [found.id]
  }
  const ended = input.value.ended === "yes" ? {} : { endedAt: null }
  return done({ freezes: await readFreezeViews(ctx, { ...freezesOf(services), ...ended }) })
}
