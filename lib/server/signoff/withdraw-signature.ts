import { withdrawRequest } from "@/lib/contracts/api/signoffs"
import { decideWithdraw } from "@/lib/domain/signoff/decide-signoff"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { parseSignoffRole } from "./signoff-role"

/** Takes a signature back: the signer, who they signed for, or an admin. */
export async function withdrawSignature(
  ctx: Context,
  releaseId: string,
  roleName: string,
  body: unknown,
): Promise<Result<Changed>> {
  const role = parseSignoffRole(roleName)
  if (!role.ok) return role
  return changeRelease(
    ctx,
    { releaseId, action: "signoff.withdraw", schema: withdrawRequest, body },
    ({ state, now }, input, { actor, roles }) =>
      decideWithdraw(state, { role: role.value, ...input, roles, nowMs: now.getTime() }, actor),
  )
}
