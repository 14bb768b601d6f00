import type { SignoffRole } from "@/lib/domain/access/roles"
import type { PersonRef } from "@/lib/domain/timeline/actor"

/** For whom a person may sign: named by a holder of the role, for one service, until an instant (half-open). */
export interface StandIn {
  role: SignoffRole
  serviceId: string
  for: PersonRef
  until: string
}
