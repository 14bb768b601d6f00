import { mayPerform, roleThatLets, type Scope, tokenMayPerform } from "@/lib/domain/access/policy"
import type { PersonActor } from "@/lib/server/access/authorise"
import { rolesFor } from "@/lib/server/access/context"
import type { Tx } from "@/lib/server/db"
import { loadPerson } from "@/lib/server/people/load-person"

/**
 * Whether the person who asked for a start may still start now that it comes to it: roles, accounts and tokens may have
 * been taken away meanwhile. A string says why not.
 */
export async function whoStarts(
  tx: Tx,
  starter: { id: string; tokenId: string | null },
  { serviceId, now }: { serviceId: string; now: Date },
): Promise<PersonActor | string> {
  const person = await loadPerson(starter.id, tx)
  if (!person || person.disabled) return "the account of whoever asked for it was disabled meanwhile."
  const roles = rolesFor(person, serviceId)
  if (!mayPerform(roles, "deploy.start")) return `${person.name} may not start deployments any more.`
  const actor: PersonActor = {
    type: "person",
    id: person.id,
    name: person.name,
    role: roleThatLets(roles, "deploy.start"),
  }
  if (starter.tokenId === null) return actor
  const token = await tx.apiToken.findUnique({ where: { id: starter.tokenId } })
  const holds = token && !token.revokedAt && (!token.expiresAt || token.expiresAt > now)
  if (!holds || !tokenMayPerform(token.scopes as Scope[], "deploy.start")) {
    return "the token that asked for it does not hold any more."
  }
  return { ...actor, tokenId: token.id }
}
