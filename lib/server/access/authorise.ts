import {
  type Action,
  mayPerform,
  policy,
  rolesThatMay,
  roleThatLets,
  tokenMayPerform,
} from "@/lib/domain/access/policy"
import { type Role, roleTitles } from "@/lib/domain/access/roles"
import type { Refusal } from "@/lib/domain/release/decision"
import type { Actor } from "@/lib/domain/timeline/actor"
import { type Context, type Person, rolesFor, standInsFor } from "./context"
import { recordSecurityEvent } from "./record-security-event"

export type PersonActor = Extract<Actor, { type: "person" }>

export type Authorised =
  | { ok: true; person: Person; roles: Role[]; actor: PersonActor }
  | { ok: false; refusal: Refusal }

/**
 * The one place that says who may. Roles are those held for the service (null: for all services); a token needs the
 * action's scope besides. Refusals to somebody known are put on record.
 */
export async function authorise(
  ctx: Context,
  action: Action,
  serviceId: string | null,
  subject: Record<string, string> = {},
): Promise<Authorised> {
  const { person } = ctx
  if (!person) return { ok: false, refusal: { code: "unauthenticated", message: "Sign in first." } }
  const why = whyNot(ctx, person, action, serviceId)
  if (why) {
    await recordSecurityEvent({
      type: "access.refused",
      userId: person.id,
      address: ctx.address,
      data: { action, why, ...(ctx.tokenId ? { tokenId: ctx.tokenId } : {}), ...subject },
    })
    return { ok: false, refusal: { code: "forbidden", message: why, detail: { action } } }
  }
  const roles = rolesFor(person, serviceId)
  const actor: PersonActor = {
    type: "person",
    id: person.id,
    name: person.name,
    role: roleThatLets(roles, action),
    ...(ctx.tokenId ? { tokenId: ctx.tokenId } : {}),
  }
  return { ok: true, person, roles, actor }
}

/** What a stand-in may: sign and decline for the role, and take back what they did. Nothing else that the role may. */
const STAND_IN_ACTIONS: readonly Action[] = ["signoff.sign", "signoff.withdraw", "signoff.reopen"]

function mayAsStandIn(person: Person, action: Action, serviceId: string | null): boolean {
  if (!STAND_IN_ACTIONS.includes(action)) return false
  return mayPerform(
    standInsFor(person, serviceId).map(({ role }) => role),
    action,
  )
}

function whyNot(ctx: Context, person: Person, action: Action, serviceId: string | null): string | null {
  if (person.disabled) return "This account is disabled."
  const { what, scope } = policy[action]
  if (!mayPerform(rolesFor(person, serviceId), action) && !mayAsStandIn(person, action, serviceId)) {
    const titles = rolesThatMay(action).map((role) => roleTitles[role])
    return `You may not ${what}: that takes the role ${titles.join(" or ")}.`
  }
  if (ctx.tokenScopes === null || tokenMayPerform(ctx.tokenScopes, action)) return null
  if (scope === null) return `A token may not ${what}: a person has to be signed in.`
  return `To ${what} the token needs the scope "${scope}".`
}
