import { withdrawOverrideRequest } from "@/lib/contracts/api/requests"
import { decideWithdrawOverride } from "@/lib/domain/override/decide-override"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Takes an override back, asked for or approved. */
export function withdrawOverride(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "override.request", schema: withdrawOverrideRequest, body },
    ({ state }, { overrideId, reason }, { actor }) => decideWithdrawOverride(state, { overrideId, reason }, actor),
  )
}
