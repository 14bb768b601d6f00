import type { Me } from "@/lib/contracts/api/snapshot"
import { allowedActions } from "@/lib/domain/access/policy"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { done, type Result, refused } from "@/lib/server/result"

/** Who is signed in and what they may do everywhere. What counts for one service is in a release's snapshot. */
export async function readMe(ctx: Context): Promise<Result<{ me: Me; tokenScopes: string[] | null }>> {
  if (!ctx.person || ctx.person.disabled) return refused("unauthenticated", "Sign in first.")
  const { id, name, email, roles } = ctx.person
  const allowed = allowedActions(rolesFor(ctx.person, null))
  return done({ me: { id, name, email, roles, allowed }, tokenScopes: ctx.tokenScopes })
}
