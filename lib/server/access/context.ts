import type { Scope } from "@/lib/domain/access/policy"
import type { Role } from "@/lib/domain/access/roles"
import type { StandIn } from "@/lib/domain/signoff/stand-in"

export interface Grant {
  role: Role
  /** Null: for all services. */
  serviceId: string | null
}

export interface Person {
  id: string
  name: string
  email: string
  /** All roles held anywhere, for display; what counts for a service is in `grants`. */
  roles: Role[]
  grants: Grant[]
  /** For whom they may sign, of which service: never through a token. */
  standsInFor: StandIn[]
  disabled: boolean
}

/** Who asks a verb for something, and how the question came. */
export interface Context {
  /** Null: nobody is signed in. */
  person: Person | null
  /** Null: a person in a browser. A list: a program with a token of theirs. */
  tokenScopes: Scope[] | null
  tokenId: string | null
  /** The session of the browser that asks, where a cookie vouches for it. */
  sessionId?: string | null
  /** IP address, as far as it is known. */
  address: string | null
  userAgent: string | null
}

/** The roles that count for a service; without one, those held for all services. */
export function rolesFor(person: Person, serviceId: string | null): Role[] {
  const held = person.grants.filter((grant) => grant.serviceId === null || grant.serviceId === serviceId)
  return [...new Set(held.map((grant) => grant.role))]
}

/** For whom a person may sign the releases of a service. */
export function standInsFor(person: Person, serviceId: string | null): StandIn[] {
  return person.standsInFor.filter((standIn) => standIn.serviceId === serviceId)
}
