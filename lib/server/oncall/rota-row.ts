import { type Override, type Rotation, rotationSchema } from "@/lib/domain/oncall/rotation"
import type { Db } from "@/lib/server/db"
import type { OncallOverride, OncallRota } from "@/prisma/generated/client/client"

export interface Plan {
  rotation: Rotation
  /** Those that touch the asked span, the newest last. */
  overrides: Override[]
}

/** What the domain knows of a rota, as far as it concerns `[from, to)`. */
export async function loadPlan(db: Db, rota: OncallRota, from: Date, to: Date): Promise<Plan> {
  const [plan] = await loadPlans(db, [rota], from, to)
  if (!plan) throw new Error("a rota has no plan")
  return plan
}

/** The plans of several rotas, in their order. */
export async function loadPlans(db: Db, rotas: readonly OncallRota[], from: Date, to: Date): Promise<Plan[]> {
  const rows = await db.oncallOverride.findMany({
    where: { rotaId: { in: rotas.map(({ id }) => id) }, startsAt: { lt: to }, endsAt: { gt: from } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  })
  return rotas.map(({ id, rotation }) => ({
    rotation: rotationSchema.parse(rotation),
    overrides: rows.filter(({ rotaId }) => rotaId === id).map(overrideOf),
  }))
}

/** One that was cancelled while it was in force held until then: who was called before was called because of it. */
function overrideOf({ id, userId, startsAt, endsAt, cancelledAt }: OncallOverride): Override {
  const endMs = Math.min(endsAt.getTime(), cancelledAt?.getTime() ?? Number.POSITIVE_INFINITY)
  return { id, personId: userId, startMs: startsAt.getTime(), endMs }
}
