import type { OncallPerson, OverrideView, RotaView } from "@/lib/contracts/api/oncall"
import { mayPerform } from "@/lib/domain/access/policy"
import { nowAndNext } from "@/lib/domain/oncall/now-and-next"
import { peopleOf } from "@/lib/domain/oncall/rotation"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { type Db, prisma } from "@/lib/server/db"
import type { OncallOverride, Prisma } from "@/prisma/generated/client/client"
import { loadPlans } from "./rota-row"

/** Further than anybody looks for the next hand-over. */
const AHEAD_MS = 400 * 86_400_000

/** Rotas as the API shows them, with who is called at `now`; by service and name. */
export async function readRotaViews(
  ctx: Context,
  where: Prisma.OncallRotaWhereInput,
  now: Date,
  db: Db = prisma,
): Promise<RotaView[]> {
  const rotas = await db.oncallRota.findMany({
    where,
    include: { service: { select: { key: true, name: true } } },
    orderBy: [{ service: { key: "asc" } }, { createdAt: "asc" }, { id: "asc" }],
    take: 200,
  })
  const [plans, rows] = await Promise.all([
    loadPlans(db, rotas, now, new Date(now.getTime() + AHEAD_MS)),
    db.oncallOverride.findMany({
      where: { rotaId: { in: rotas.map(({ id }) => id) }, cancelledAt: null, endsAt: { gt: now } },
      orderBy: [{ startsAt: "asc" }, { createdAt: "asc" }],
      take: 2_000,
    }),
  ])
  const personOf = await readPeople(db, [
    ...plans.flatMap(({ rotation, overrides }) => [...peopleOf(rotation), ...overrides.map((each) => each.personId)]),
    ...rows.map(({ userId }) => userId),
  ])
  return rotas.flatMap((rota, n) => {
    const plan = plans[n]
    if (!plan) return []
    const { now: current, next } = nowAndNext(plan.rotation, plan.overrides, now.getTime())
    return [
      {
        ...{ id: rota.id, service: rota.service, key: rota.key, name: rota.name, rotation: plan.rotation },
        people: peopleOf(plan.rotation).map(personOf),
        revision: rota.revision,
        changedAt: rota.updatedAt.toISOString(),
        hasFeed: rota.feedHash !== null,
        now: {
          person: current.personId === null ? null : personOf(current.personId),
          overrideId: current.overrideId,
          until: next ? new Date(next.startMs).toISOString() : null,
          next: next?.personId ? personOf(next.personId) : null,
        },
        overrides: rows.filter(({ rotaId }) => rotaId === rota.id).map((row) => overrideView(row, personOf)),
        mayEdit: mayEditOncall(ctx, rota.serviceId),
      },
    ]
  })
}

/** Null: it is not there (any more). */
export async function readRotaView(ctx: Context, id: string, now: Date, db: Db = prisma): Promise<RotaView | null> {
  return (await readRotaViews(ctx, { id }, now, db))[0] ?? null
}

/** Whether the caller may change the rotas of a service. Tokens may not. */
export function mayEditOncall(ctx: Context, serviceId: string): boolean {
  return ctx.person !== null && ctx.tokenScopes === null && mayPerform(rolesFor(ctx.person, serviceId), "oncall.edit")
}

export function overrideView(row: OncallOverride, personOf: (id: string) => OncallPerson): OverrideView {
  return {
    id: row.id,
    person: personOf(row.userId),
    start: row.startsAt.toISOString(),
    end: row.endsAt.toISOString(),
    reason: row.reason,
    by: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
  }
}

/** Names by id. People are never deleted; whom nobody knows cannot be called either. */
export async function readPeople(db: Db, ids: readonly string[]): Promise<(id: string) => OncallPerson> {
  const rows = await db.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, disabledAt: true },
  })
  const people = new Map(rows.map(({ id, name, disabledAt }) => [id, { id, name, disabled: disabledAt !== null }]))
  return (id) => people.get(id) ?? { id, name: "Somebody unknown", disabled: true }
}
