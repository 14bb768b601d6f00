import { randomUUID } from "node:crypto"
import { startDeployRequest } from "@/lib/contracts/api/requests"
import { decideStart } from "@/lib/domain/run/decide-deploy"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import { done, type Result } from "@/lib/server/result"
import { endSupersededWatches } from "./end-superseded-watches"
import { planDeployRun } from "./plan-deploy-run"

/**
 * Starts the deployment. The gate is asked under the environment's lock: two people, a double click or a replayed request
 * start one.
 */
export async function startDeploy(
  ctx: Context,
  releaseId: string,
  body: unknown,
): Promise<Result<Changed<{ runId: string }>>> {
  const started = await changeRelease(
    ctx,
    { releaseId, action: "deploy.start", schema: startDeployRequest, body, lockEnvironment: true },
    ({ state, playbook, environment, environmentConfig, now }, _input, { actor }) => {
      const runId = randomUUID()
      const plan = planDeployRun({ playbook, environmentConfig, state, runId })
      const decision = decideStart(state, environment, { runId, ...plan, nowIso: now.toISOString() }, actor)
      return { decision, result: { runId } }
    },
  )
  if (started.ok) await endSupersededWatches(started.value.release)
  return started.ok ? done(started.value) : started
}
