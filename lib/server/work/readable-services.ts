import { type Action, mayPerform } from "@/lib/domain/access/policy"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { type Result, refused } from "@/lib/server/result"

type Access = Extract<Authorised, { ok: true }>

/** The services for which the caller may do this; null: all. Who may nowhere is refused. */
export async function readableServices(
  ctx: Context,
  action: Action,
): Promise<Result<{ services: string[] | null; access: Access }>> {
  const { person } = ctx
  if (!person) return refused("unauthenticated", "Sign in first.")
  const scopes = [null, ...new Set(person.grants.flatMap((grant) => grant.serviceId ?? []))]
  const may = scopes.filter((serviceId) => mayPerform(rolesFor(person, serviceId), action))
  // Also says no to a token without the scope and to an account that was disabled.
  const access = await authorise(ctx, action, may[0] ?? null)
  if (!access.ok) return access
  return { ok: true, value: { services: may.includes(null) ? null : may.filter((id) => id !== null), access } }
}
