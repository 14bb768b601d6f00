import type { Context, Person } from "@/lib/server/access/context"
import { type Result, refused } from "@/lib/server/result"

type AtTheKeyboard = { ok: true; person: Person } | Extract<Result<never>, { ok: false }>

/** The person in a browser; a token is refused, whatever its scopes. */
export function personAtTheKeyboard(ctx: Context, what: string): AtTheKeyboard {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  if (ctx.person.disabled) return refused("forbidden", "This account is disabled.")
  if (ctx.tokenScopes !== null) return refused("forbidden", `A token may not ${what}: a person has to be signed in.`)
  return { ok: true, person: ctx.person }
}
