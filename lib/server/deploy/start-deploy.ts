import { randomUUID } from "node:crypto"
import { startDeployRequest } from "@/lib/contracts/api/requests"
import type { StartRunInput } from "@/lib/contracts/runs"
import { gate } from "@/lib/domain/gate/gate"
import { decideStart } from "@/lib/domain/run/decide-deploy"
import { decideRenewedStart } from "@/lib/domain/run/decide-renewed-start"
import type { Context } from "@/lib/server/access/context"
import { planProof } from "@/lib/server/checklist/prove-items"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import { done, type Result } from "@/lib/server/result"
import { endSupersededWatches } from "./end-superseded-watches"
import { planDeployRun } from "./plan-deploy-run"

/** `runId` is the deployment's, or, where stale proof is renewed first, that of the run which starts it then. */
export type Started = { runId: string; renewing: string[] }

/**
 * Starts the deployment. The gate is asked under the environment's lock: two people, a double click or a replayed request
 * start one. Where only stale proof is in the way, it is renewed first.
 */
export async function startDeploy(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed<Started>>> {
  const started = await changeRelease<typeof startDeployRequest, Started>(
    ctx,
    { releaseId, action: "deploy.start", schema: startDeployRequest, body, lockEnvironment: true },
    async (hand, _input, { actor }) => {
      const { state, playbook, environment, environmentConfig, now } = hand
      const runId = randomUUID()
      const nowIso = now.toISOString()
      const renewing = gate(state, environment, now.getTime()).renewable
      if (renewing.length > 0) {
        const input: StartRunInput = {
          kind: "start",
          itemKeys: renewing,
          starter: { id: actor.id, tokenId: actor.tokenId ?? null },
        }
        const plan = { runId, input, steps: [], nowIso, proof: await planProof(hand, renewing) }
        return { decision: decideRenewedStart(state, environment, plan, actor), result: { runId, renewing } }
      }
      const plan = planDeployRun({ playbook, environmentConfig, state, runId })
      return {
        decision: decideStart(state, environment, { runId, ...plan, nowIso }, actor),
        result: { runId, renewing },
      }
    },
  )
  if (started.ok && started.value.result?.renewing.length === 0) await endSupersededWatches(started.value.release)
  return started.ok ? done(started.value) : started
}
