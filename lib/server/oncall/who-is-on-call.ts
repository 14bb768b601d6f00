import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Db } from "@/lib/server/db"

/**
 * Who is called at an instant under a playbook's word for them (`on-call`, `cto`): empty where the service has no such
 * rota, where nobody has the hour, and where whoever has it is disabled.
 */
export async function whoIsOnCall(
  db: Db,
  { serviceId, key, at }: { serviceId: string; key: string; at: Date },
): Promise<PersonRef[]> {
  const rota = await db.oncallRota.findUnique({ where: { serviceId_key: { serviceId, key } }, select: { id: true } })
  if (!rota) return []
  const override = await db.oncallOverride.findFirst({
    where: { rotaId: rota.id, startsAt: { lte: at }, endsAt: { gt: at }, cancelledAt: null },
    orderBy: { createdAt: "desc" },
  })
  if (!override) return []
  return db.user.findMany({ where: { id: override.userId, disabledAt: null }, select: { id: true, name: true } })
}
