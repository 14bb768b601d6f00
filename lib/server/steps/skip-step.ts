import { skipStepRequest } from "@/lib/contracts/api/requests"
import { decideStepSkipped } from "@/lib/domain/run/decide-step-by-person"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Skips a step with a reason, where the playbook lets one of the person's roles do so. */
export function skipStep(
  ctx: Context,
  releaseId: string,
  step: { runId: string; stepKey: string },
  body: unknown,
): Promise<Result<Changed>> {
  const { runId, stepKey } = step
  return changeRelease(
    ctx,
    { releaseId, action: "step.skip", schema: skipStepRequest, body },
    ({ state, playbook }, { reason }, { actor, roles }) => {
      const planned = playbook.phases.flatMap((phase) => phase.steps).find(({ key }) => key === stepKey)
      return decideStepSkipped(state, { runId, stepKey, reason, roles, skippableBy: planned?.skippableBy ?? [] }, actor)
    },
  )
}
