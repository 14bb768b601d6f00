import { elapsedMs, type Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, RunKind, RunState, StepState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { endStep } from "./evolve-step"

export const foldRun: Folds<"run"> = {
  "run.queued": (state, { actor, at, data }) => {
    const run: RunState = {
      id: data.runId,
      kind: data.kind,
      status: "queued",
      itemKey: data.itemKey,
      by: actorName(actor),
      queuedAt: at,
      notBefore: data.notBefore,
      startedAt: null,
      finishedAt: null,
      claims: 0,
      steps: data.steps.map(newStep),
      abort: null,
      pause: null,
      pausedMs: 0,
      outcome: null,
    }
    return {
      ...state,
      status: data.kind === "deploy" ? "deploying" : state.status,
      startedBy: startersAfter(state, data.kind, actor),
      runs: { ...state.runs, [run.id]: run },
      runOrder: [...state.runOrder, run.id],
      verification: data.kind === "verify" ? newVerification(run.id, at) : state.verification,
    }
  },
  "run.claimed": (state, { at, data }) =>
    changedRun(state, data.runId, (run) => ({
      ...run,
      claims: run.claims + 1,
      status: run.status === "queued" ? "running" : run.status,
      startedAt: run.startedAt ?? at,
    })),
  "run.abort_requested": (state, { actor, at, data }) =>
    changedRun(state, data.runId, (run) => ({
      ...run,
      abort: run.abort ?? { by: actorName(actor), at, reason: data.reason },
    })),
  "run.paused": (state, { actor, at, data }) =>
    changedRun(state, data.runId, (run) => ({
      ...run,
      pause: run.pause ?? { by: actorName(actor), at, reason: data.reason },
    })),
  "run.resumed": (state, { at, data }) => changedRun(state, data.runId, (run) => gone(run, at)),
  "run.finished": (state, { at, data }) => {
    const after = changedRun(state, data.runId, (run) => ({
      ...gone(run, at),
      status: data.status,
      finishedAt: at,
      outcome: data.outcome,
      steps: endedSteps(run.steps, at),
    }))
    const run = own(state.runs, data.runId)
    if (run?.kind === "check") return withoutChecking(after, run)
    if (run?.kind === "deploy" && state.status === "deploying")
      return { ...after, status: afterDeploy(state, data.status) }
    return after
  },
}

/** The pause, if there is one, is over. */
function gone(run: RunState, at: string): RunState {
  return run.pause ? { ...run, pause: null, pausedMs: run.pausedMs + elapsedMs(run.pause.at, at) } : run
}

function startersAfter({ startedBy }: ReleaseState, kind: RunKind, actor: Actor): PersonRef[] {
  if ((kind !== "start" && kind !== "deploy") || actor.type !== "person") return startedBy
  return startedBy.some(({ id }) => id === actor.id) ? startedBy : [...startedBy, { id: actor.id, name: actor.name }]
}

/** Before the switch nothing has changed for users: the release can be prepared and started again. */
function afterDeploy(state: ReleaseState, status: EventData<"run.finished">["status"]): ReleaseState["status"] {
  return status === "passed" || state.switchedAt !== null ? "verifying" : "preparing"
}

function endedSteps(steps: StepState[], at: string): StepState[] {
  const isOpen = (step: StepState) => step.status === "running" || step.status === "waiting"
  return steps.some(isOpen) ? steps.map((step) => (isOpen(step) ? endStep(step, at, "aborted", null) : step)) : steps
}

function withoutChecking(state: ReleaseState, run: RunState): ReleaseState {
  const item = run.itemKey === null ? undefined : own(state.items, run.itemKey)
  if (item?.checking?.runId !== run.id) return state
  return { ...state, items: { ...state.items, [item.key]: { ...item, checking: null } } }
}

export function changedRun(state: ReleaseState, runId: string, change: (run: RunState) => RunState): ReleaseState {
  const run = own(state.runs, runId)
  if (!run) return state
  return { ...state, runs: { ...state.runs, [runId]: change(run) } }
}

function newVerification(runId: string, startedAt: string): ReleaseState["verification"] {
  return {
    runId,
    startedAt,
    watchStartedAt: null,
    watchEndsAt: null,
    verdict: null,
    reasons: [],
    decidedAt: null,
    steered: null,
    accepted: null,
  }
}

const newStep = (planned: EventData<"run.queued">["steps"][number]): StepState => ({
  ...planned,
  status: "pending",
  attempt: 0,
  startedAt: null,
  finishedAt: null,
  workingMs: 0,
  waitingMs: 0,
  waitingSince: null,
  workingSince: null,
  prompt: null,
  waitingRole: null,
  confirmed: null,
  summary: null,
  evidenceId: null,
  adopted: false,
  attempts: [],
})
