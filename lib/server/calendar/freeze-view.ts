import type { FreezeView } from "@/lib/contracts/api/calendar"
import type { FreezeRule } from "@/lib/domain/window/freeze"
import type { Context } from "@/lib/server/access/context"
import { type Db, prisma } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"
import { mayEditCalendar } from "./readable-services"

const named = { select: { key: true, name: true } } as const
const include = { service: named, environment: named } as const
type Row = Prisma.FreezeGetPayload<{ include: typeof include }>

/** Freezes as the API shows them, the oldest first. */
export async function readFreezeViews(ctx: Context, where: Prisma.FreezeWhereInput): Promise<FreezeView[]> {
  const rows = await prisma.freeze.findMany({
    where,
    include,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 500,
  })
  return rows.map((row) => viewOf(ctx, row))
}

export async function readFreezeView(ctx: Context, id: string, db: Db = prisma): Promise<FreezeView> {
  return viewOf(ctx, await db.freeze.findUniqueOrThrow({ where: { id }, include }))
}

function viewOf(ctx: Context, row: Row): FreezeView {
  return {
    id: row.id,
    name: row.name,
    reason: row.reason,
    rule: row.rule as unknown as FreezeRule,
    service: row.service,
    environment: row.environment,
    by: row.authorName,
    revision: row.revision,
    changedAt: row.updatedAt.toISOString(),
    ended: row.endedAt ? { at: row.endedAt.toISOString(), by: row.endedByName ?? "" } : null,
    mayEdit: mayEditCalendar(ctx, row.serviceId),
  }
}

/** Freezes that hold for any of these services: theirs, and those of all. Null: every one. */
export function freezesOf(services: string[] | null): Prisma.FreezeWhereInput {
  return services === null ? {} : { OR: [{ serviceId: null }, { serviceId: { in: services } }] }
}
