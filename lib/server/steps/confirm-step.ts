import { confirmStepRequest } from "@/lib/contracts/api/requests"
import { decideStepConfirmed } from "@/lib/domain/run/decide-step-by-person"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** A person's word on what a waiting step asks. */
export function confirmStep(
  ctx: Context,
  releaseId: string,
  step: { runId: string; stepKey: string },
  body: unknown,
): Promise<Result<Changed>> {
  const { runId, stepKey } = step
  return changeRelease(
    ctx,
    { releaseId, action: "step.confirm", schema: confirmStepRequest, body },
    ({ state }, input, { actor, roles }) =>
      decideStepConfirmed(state, { runId, stepKey, note: input?.note || null, roles }, actor),
  )
}
