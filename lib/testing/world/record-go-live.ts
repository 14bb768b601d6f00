import { randomUUID } from "node:crypto"
import type { ReleaseState } from "@/lib/domain/release/state"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { withRelease } from "@/lib/server/commit/with-release"

/**
 * Writes what a deployment and its passed verification write, for tests that are about what comes after: with everything
 * that follows from it, as in any commit. Answers with its runs; nobody works on them.
 */
export async function recordGoLive(releaseId: string): Promise<{
  state: ReleaseState
  deployRunId: string
  watchRunId: string
}> {
  const [deploy, verify, watch] = [randomUUID(), randomUUID(), randomUUID()]
  const by: Actor = { type: "worker", id: "test", runId: deploy }
  const queued = (kind: "deploy" | "verify" | "watch", runId: string) =>
    queueRun(kind, { runId, input: {}, steps: [] }, by).events
  const claimed = (runId: string): NewEvent => ({
    ...{ type: "run.claimed", actor: by, data: { runId, fence: 1, workerId: "test" } },
  })
  const passed = (runId: string): NewEvent => ({
    ...{ type: "run.finished", actor: by, data: { runId, status: "passed", outcome: "Done." } },
  })
  const committed = await withRelease(
    releaseId,
    ({ state }) => {
      const to = { deploymentId: `d-${state.version}`, version: state.version, commit: state.commit }
      const from = { deploymentId: "d-before", version: "1.0.0", commit: null }
      return {
        ok: true,
        events: [
          ...queued("deploy", deploy),
          claimed(deploy),
          { type: "deployment.found_live", actor: by, data: { previous: from } },
          { type: "deployment.switched", actor: by, data: { from, to, adopted: false } },
          { type: "trigger.armed", actor: by, data: { triggerKeys: Object.keys(state.triggers) } },
          passed(deploy),
          ...queued("verify", verify),
          claimed(verify),
          {
            type: "verification.verdict_given",
            actor: by,
            data: { runId: verify, verdict: "pass", reasons: ["Fine."] },
          },
          passed(verify),
          ...queued("watch", watch),
          claimed(watch),
        ],
      }
    },
    { lockEnvironment: true },
  )
  if (!committed.ok) throw new Error(committed.refusal.message)
  return { state: committed.state, deployRunId: deploy, watchRunId: watch }
}
