import { type SignoffRole, signoffRoleSchema } from "@/lib/domain/access/roles"
import { done, type Result, refused } from "@/lib/server/result"

/** The role in a path. */
export function parseSignoffRole(role: string): Result<SignoffRole> {
  const parsed = signoffRoleSchema.safeParse(role)
  return parsed.success ? done(parsed.data) : refused("not_found", "There is no such sign-off role.")
}
