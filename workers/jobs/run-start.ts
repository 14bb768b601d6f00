import { randomUUID } from "node:crypto"
import type { StartRunInput } from "@/lib/contracts/runs"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideStartAfterProof } from "@/lib/domain/run/decide-renewed-start"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { endSupersededWatches } from "@/lib/server/deploy/end-superseded-watches"
import { planDeployRun } from "@/lib/server/deploy/plan-deploy-run"
import { whoStarts } from "@/lib/server/deploy/who-starts"
import type { RunContext } from "../runtime/run-context"
import { RunStopped } from "../runtime/run-stopped"

/** A ring may be missed: looked at again after this. */
const LOOK_MS = 1_000

/**
 * Waits until the checks of the stale items have ended, then starts the deployment under the environment's lock, or says
 * why not. Interrupted, it waits on: the checks are runs of their own.
 */
export async function runStart(context: RunContext, input: StartRunInput): Promise<void> {
  const { control, run, actor } = context
  while (control.reason === null && isProving(await context.state(), input.itemKeys)) await control.news(LOOK_MS)
  if (control.reason !== null && control.reason !== "abort") throw new RunStopped(control.reason)
  const committed = await context.commit(
    async ({ tx, state, environment, environmentConfig, playbook, now }) => {
      const starter = await whoStarts(tx, input.starter, { serviceId: state.service.id, now })
      if (typeof starter === "string") {
        return decideRunFinished(state, { runId: run.id, status: "failed", outcome: `Not started: ${starter}` }, actor)
      }
      const runId = randomUUID()
      const deploy = { runId, ...planDeployRun({ playbook, environmentConfig, state, runId }) }
      return decideStartAfterProof(
        state,
        environment,
        { startRunId: run.id, nowIso: now.toISOString(), deploy },
        { starter, worker: actor },
      )
    },
    { lockEnvironment: true },
  )
  if (!committed.ok) throw new Error(committed.refusal.message)
  if (committed.state.status === "deploying") await endSupersededWatches(committed.state)
}

function isProving(state: ReleaseState, itemKeys: readonly string[]): boolean {
  return itemKeys.some((key) => own(state.items, key)?.checking)
}
