import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { type GateAnswer, gate } from "@/lib/domain/gate/gate"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { peopleBehind } from "@/lib/domain/signoff/signoff-status"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { unfinishedRuns } from "./find-run"
import { type QueuedRun, queueRun } from "./queue-run"

/** Starts the deployment, if the gate lets it. Refusals: forbidden (the starter has signed), not_ready (`detail.blockers`). */
export function decideStart(
  state: ReleaseState,
  environment: EnvironmentFacts,
  { nowIso, windowAtMs, ...run }: QueuedRun & { nowIso: string; windowAtMs?: number },
  actor: Actor,
): Decision {
  if (!state.policy.starterMaySign && actor.type === "person" && hasSigned(state, actor.id)) {
    return refuse("forbidden", "A person who signed the release may not start its deployment.")
  }
  const answer = gate(state, environment, Date.parse(nowIso), { windowAtMs })
  if (!answer.go) return notReady(answer)
  return { ok: true, ...queueRun("deploy", run, actor) }
}

export function notReady({ blockers, window }: GateAnswer): Extract<Decision, { ok: false }> {
  const more = blockers.length > 1 ? ` And ${blockers.length - 1} more.` : ""
  return refuse("not_ready", `${blockers[0]?.message}${more}`, { detail: { blockers, window } })
}

/**
 * Asks the worker to stop a deployment or a verification at a safe point. Asked already: nothing more to do.
 * `runId`: the run that the person saw; left out: whichever is under way.
 */
export function decideAbort(
  state: ReleaseState,
  { reason, runId }: { reason: string | null; runId?: string },
  actor: Actor,
): Decision {
  const run = unfinishedRuns(state, ["start", "deploy", "verify"]).findLast(
    (each) => runId === undefined || each.id === runId,
  )
  if (!run)
    return refuse("conflict", "No deployment or verification is under way.", { detail: { status: state.status } })
  if (run.abort) return { ok: true, events: [] }
  const events: NewEvent[] = [{ type: "run.abort_requested", actor, data: { runId: run.id, reason } }]
  if ((run.kind === "deploy" || run.kind === "start") && run.claims === 0) {
    // Nobody has begun it, so nobody needs to come to end it.
    const outcome = "Aborted before it began. Nothing was changed."
    events.push({ type: "run.finished", actor, data: { runId: run.id, status: "aborted", outcome } })
  }
  return { ok: true, events }
}

/** A worker holds the run: for the first time, or after another one lost it. */
export function decideClaim(
  state: ReleaseState,
  { runId, fence, workerId }: { runId: string; fence: number; workerId: string },
  actor: Actor,
): Decision {
  const run = own(state.runs, runId)
  if (!run) return refuse("not_found", "There is no such run.")
  if (run.finishedAt !== null) return refuse("conflict", "The run has ended.", { detail: { status: run.status } })
  return { ok: true, events: [{ type: "run.claimed", actor, data: { runId, fence, workerId } }] }
}

/** Also who had a stand-in sign. */
export function hasSigned(state: ReleaseState, personId: string): boolean {
  return Object.values(state.signoffs).some(
    ({ status, signatures }) => status !== "void" && signatures.some((one) => peopleBehind(one).includes(personId)),
  )
}
