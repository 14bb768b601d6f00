import type { DeployRunInput } from "@/lib/contracts/runs"
import { gate } from "@/lib/domain/gate/gate"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { type RunContext, runIn } from "../runtime/run-context"

/**
 * The gate, once more, under the environment's lock, before the first step: a run may have waited for a worker while the
 * window closed or proof went stale. No longer go: the run ends as cancelled, in words. A run under way is not asked again.
 */
export async function mayStillStart(context: RunContext, input: DeployRunInput): Promise<boolean> {
  // A scheduled go-live begins with pre-flight before its window opens.
  const deployAtMs = Math.max(
    ...input.steps.map(({ phase, notBefore }) => (phase === "deploy" && notBefore ? Date.parse(notBefore) : 0)),
  )
  const asked = await context.commit(
    ({ state, environment, now }) => {
      const { steps } = runIn(state, context.run.id)
      const isUnderWay = steps.some((step) => step.status !== "pending" || step.attempt > 0)
      const answer = gate(state, environment, now.getTime(), {
        forRun: context.run.id,
        windowAtMs: Math.max(now.getTime(), deployAtMs),
      })
      if (isUnderWay || answer.go) return { ok: true, events: [] }
      const outcome = `Not started, the gate closed while it waited: ${answer.blockers.map((b) => b.message).join(" ")}`
      return decideRunFinished(state, { runId: context.run.id, status: "cancelled", outcome }, context.actor)
    },
    { lockEnvironment: true },
  )
  return asked.ok && runIn(asked.state, context.run.id).finishedAt === null
}
