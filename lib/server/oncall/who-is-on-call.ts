import { onCallAt } from "@/lib/domain/oncall/on-call-at"
import { rotationSchema } from "@/lib/domain/oncall/rotation"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Db } from "@/lib/server/db"
import { log } from "@/lib/server/log"
import { loadPlan } from "./rota-row"

/**
 * Who is called at an instant under a playbook's word for them (`on-call`, `cto`): empty where the service has no such
 * rota, where nobody has the hour, and where whoever has it is disabled.
 */
export async function whoIsOnCall(
  db: Db,
  { serviceId, key, at }: { serviceId: string; key: string; at: Date },
): Promise<PersonRef[]> {
  const rota = await db.oncallRota.findUnique({ where: { serviceId_key: { serviceId, key } } })
  if (!rota) return []
  const isReadable = rotationSchema.safeParse(rota.rotation).success
  // A rota that cannot be read has nobody on it: the next level is called, where throwing would call no one.
  if (!isReadable) {
    log.error({ rotaId: rota.id, key }, "a rota cannot be read: nobody is on call by it")
    return []
  }
  const { rotation, overrides } = await loadPlan(db, rota, at, new Date(at.getTime() + 1))
  const { personId } = onCallAt(rotation, overrides, at.getTime())
  if (personId === null) return []
  return db.user.findMany({ where: { id: personId, disabledAt: null }, select: { id: true, name: true } })
}
