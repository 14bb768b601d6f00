import { decideProof } from "@/lib/domain/checklist/decide-proof"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { gate } from "@/lib/domain/gate/gate"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { decideStart, hasSigned, notReady } from "./decide-deploy"
import { unfinishedRuns } from "./find-run"
import { type QueuedRun, queueRun } from "./queue-run"

/**
 * A start of which only stale proof stands in the way: proves it again, and queues the run that starts the deployment once
 * all of it holds. The gate is asked again then, under the lock. Asked for already: refused, one start is enough.
 */
export function decideRenewedStart(
  state: ReleaseState,
  environment: EnvironmentFacts,
  { nowIso, proof, ...run }: QueuedRun & { nowIso: string; proof: Parameters<typeof decideProof>[1] },
  actor: Actor,
): Decision {
  if (!state.policy.starterMaySign && actor.type === "person" && hasSigned(state, actor.id)) {
    return refuse("forbidden", "A person who signed the release may not start its deployment.")
  }
  const answer = gate(state, environment, Date.parse(nowIso))
  if (answer.renewable.length === 0) return notReady(answer)
  const [underWay] = unfinishedRuns(state, ["start"])
  if (underWay) {
    return refuse("conflict", `${underWay.by} has started already: stale proof is being renewed first.`, {
      detail: { runId: underWay.id },
    })
  }
  const proved = decideProof(state, proof, actor)
  if (!proved.ok) return proved
  const queued = queueRun("start", run, actor)
  return {
    ok: true,
    events: [...proved.events, ...queued.events],
    runs: [...(proved.runs ?? []), ...queued.runs],
  }
}

/**
 * What a `start` run comes to: the deployment, in the name of the person who asked for it, or the reason why not. Ends the
 * run; ended already: nothing more to do.
 */
export function decideStartAfterProof(
  state: ReleaseState,
  environment: EnvironmentFacts,
  { startRunId, nowIso, deploy }: { startRunId: string; nowIso: string; deploy: QueuedRun },
  { starter, worker }: { starter: Actor; worker: Actor },
): Decision {
  const run = own(state.runs, startRunId)
  if (!run || run.finishedAt !== null) return { ok: true, events: [] }
  const end = (status: "passed" | "failed" | "aborted", outcome: string): Decision & { ok: true } => ({
    ok: true,
    events: [{ type: "run.finished", actor: worker, data: { runId: startRunId, status, outcome } }],
  })
  if (run.abort) return end("aborted", "Called off before the deployment began. Nothing was changed.")
  const started = decideStart(state, environment, { ...deploy, nowIso }, starter)
  if (!started.ok) return end("failed", `Not started: ${started.refusal.message}`)
  const ended = end("passed", "Stale proof was renewed, and the deployment started.")
  return { ...started, events: [...ended.events, ...started.events] }
}
