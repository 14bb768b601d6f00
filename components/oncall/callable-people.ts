import type { PersonEntry } from "@/lib/client/people-query"
import { mayPerform } from "@/lib/domain/access/policy"

/** Who can be put on call for a service: whoever may acknowledge its incidents. */
export function callablePeople(people: readonly PersonEntry[], serviceKey: string): PersonEntry[] {
  return people.filter(({ disabled, grants }) => {
    const held = grants.filter(({ service }) => service === null || service.key === serviceKey).map(({ role }) => role)
    return !disabled && mayPerform(held, "incident.respond")
  })
}
