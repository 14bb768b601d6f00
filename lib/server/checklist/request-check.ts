import { randomUUID } from "node:crypto"
import { runCheckRequest } from "@/lib/contracts/api/requests"
import { decideCheckRequest } from "@/lib/domain/checklist/decide-check"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { planCheckRun } from "@/lib/server/verification/plan-check-run"

/** Runs an item's check. One that is under way already is not run twice. */
export function requestCheck(
  ctx: Context,
  releaseId: string,
  itemKey: string,
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "checklist.check", schema: runCheckRequest, body },
    ({ state, playbook, environmentConfig }, _input, { actor }) => {
      const input = planCheckRun({ playbook, environmentConfig, itemKey })?.input
      return decideCheckRequest(state, { itemKey, runId: randomUUID(), input }, actor)
    },
  )
}
