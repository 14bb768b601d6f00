import { type Role, roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import type { Refusal } from "@/lib/domain/release/decision"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { StandIn } from "./stand-in"

export interface WishToAct {
  role: SignoffRole
  /** The roles that the person holds for the service. */
  roles: readonly Role[]
  /** For whom the person may sign this service's releases now. */
  standIns: readonly StandIn[]
  /** For whom they want to, by id; left out: the first that there is. */
  onBehalfOfId?: string | null
}

/** As whom a person acts for a role: its holder in their own name, anybody else only for a holder who named them. */
export function capacityFor(wish: WishToAct): { onBehalfOf: PersonRef | null } | { refusal: Refusal } {
  const title = roleTitles[wish.role]
  const refusal = (message: string) => ({ refusal: { code: "forbidden" as const, message } })
  if (wish.roles.includes(wish.role)) {
    return wish.onBehalfOfId
      ? refusal(`You hold the role ${title} yourself: sign in your own name.`)
      : { onBehalfOf: null }
  }
  const named = wish.standIns.filter(({ role }) => role === wish.role)
  if (wish.onBehalfOfId) {
    const chosen = named.find(({ for: holder }) => holder.id === wish.onBehalfOfId)
    return chosen ? { onBehalfOf: chosen.for } : refusal(`You do not stand in for that person as ${title}.`)
  }
  const [first] = named
  return first ? { onBehalfOf: first.for } : refusal(`You do not hold the role ${title}.`)
}
