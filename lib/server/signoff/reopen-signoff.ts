import { reopenSignoffRequest } from "@/lib/contracts/api/signoffs"
import { decideReopen } from "@/lib/domain/signoff/decide-signoff"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { parseSignoffRole } from "./signoff-role"

/** Lets a role that declined be signed after all: the decliner, or an admin. */
export async function reopenSignoff(
  ctx: Context,
  releaseId: string,
  roleName: string,
  body: unknown,
): Promise<Result<Changed>> {
  const role = parseSignoffRole(roleName)
  if (!role.ok) return role
  return changeRelease(
    ctx,
    { releaseId, action: "signoff.reopen", schema: reopenSignoffRequest, body },
    ({ state }, { reason }, { actor, roles }) => decideReopen(state, { role: role.value, reason, roles }, actor),
  )
}
