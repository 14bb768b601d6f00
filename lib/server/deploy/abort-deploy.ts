import { abortRequest } from "@/lib/contracts/api/requests"
import { decideAbort } from "@/lib/domain/run/decide-deploy"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Asks the run that is under way to stop at its next safe point. */
export function abortDeploy(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "deploy.abort", schema: abortRequest, body, lockEnvironment: true },
    ({ state }, input, { actor }) => decideAbort(state, { reason: input?.reason || null }, actor),
  )
}
