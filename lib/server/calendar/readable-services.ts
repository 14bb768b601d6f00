import { type Action, mayPerform } from "@/lib/domain/access/policy"
import { authorise } from "@/lib/server/access/authorise"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { done, type Result, refused } from "@/lib/server/result"

/** The services whose calendar (or what else is asked for) the caller may see. Null: all. */
export async function readableServices(
  ctx: Context,
  action: Action = "calendar.read",
): Promise<Result<string[] | null>> {
  const { person } = ctx
  if (!person) return refused("unauthenticated", "Sign in first.")
  const scopes = [null, ...new Set(person.grants.flatMap((grant) => grant.serviceId ?? []))]
  const readable = scopes.filter((serviceId) => mayPerform(rolesFor(person, serviceId), action))
  const access = await authorise(ctx, action, readable[0] ?? null)
  if (!access.ok) return access
  return done(readable.includes(null) ? null : readable.filter((id) => id !== null))
}

/** Whether the caller may change the calendar of a service (null: of all). Tokens may not. */
export function mayEditCalendar(ctx: Context, serviceId: string | null): boolean {
  return ctx.person !== null && ctx.tokenScopes === null && mayPerform(rolesFor(ctx.person, serviceId), "calendar.edit")
}
