import { pauseRequest, resumeRequest } from "@/lib/contracts/api/requests"
import { decidePause, decideResume } from "@/lib/domain/run/decide-pause"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Holds the deployment that is under way before its next step. */
export function pauseDeploy(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "deploy.pause", schema: pauseRequest, body },
    ({ state }, input, { actor }) => decidePause(state, { reason: input.reason }, actor),
  )
}

/** Lets it go on. */
export function resumeDeploy(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "deploy.pause", schema: resumeRequest, body },
    ({ state }, input, { actor }) => decideResume(state, { note: input?.note || null }, actor),
  )
}
