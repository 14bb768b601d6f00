import { approveOverrideRequest } from "@/lib/contracts/api/requests"
import { decideApproveOverride } from "@/lib/domain/override/decide-override"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** The second person's yes to a start outside the window. */
export function approveOverride(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "override.approve", schema: approveOverrideRequest, body },
    ({ state, now }, { overrideId }, { actor }) =>
      decideApproveOverride(state, { overrideId, nowIso: now.toISOString() }, actor),
  )
}
