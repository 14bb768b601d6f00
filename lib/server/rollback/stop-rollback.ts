import { stopRollbackRequest } from "@/lib/contracts/api/requests"
import { decideStopCountdown } from "@/lib/domain/rollback/decide-rollback"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Stops the countdown of an automatic rollback, with a reason. */
export function stopRollback(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "rollback.stop", schema: stopRollbackRequest, body, lockEnvironment: true },
    ({ state }, { reason }, { actor }) => decideStopCountdown(state, { reason }, actor),
  )
}
