import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState, TriggerState } from "@/lib/domain/release/state"
import type { QueuedRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { countDown } from "./count-down"
import { offerRollback } from "./offer-rollback"
import { rollbackTarget } from "./rollback-target"

export interface Breach {
  triggerKey: string
  words: string
  /** Since when the rule has been breached without a break. Null: not known, it counts as new. */
  sinceIso: string | null
  /** The run that saw it. */
  watchRunId: string | null
  /** The rollback to be queued, if this counts down. */
  rollback: QueuedRun
  doesNotUndo: string[]
  nowIso: string
  /** Another release that holds the environment is not taken back by a trigger of this one. */
  environment: EnvironmentFacts | null
}

/**
 * What a breached trigger leads to: nothing (not armed, red since before, told before), a record (observe-only, a rollback is under way),
 * a question, or a countdown. To be called on every breached evaluation; each breach is recorded once.
 */
export function decideBreach(state: ReleaseState, breach: Breach, actor: Actor): Decision {
  const trigger = own(state.triggers, breach.triggerKey)
  if (!trigger) return refuse("not_found", `There is no trigger “${breach.triggerKey}”.`)
  if (!trigger.armed || trigger.baseline !== null || isKnown(trigger, breach.sinceIso)) return { ok: true, events: [] }
  const { triggerKey, words, doesNotUndo } = breach
  const recorded: NewEvent = {
    type: "trigger.breached",
    actor,
    data: { triggerKey, words, runId: breach.watchRunId },
  }
  const underWay = state.rollback?.status === "counting" || state.rollback?.status === "running"
  if (trigger.rule?.observeOnly || underWay) return { ok: true, events: [recorded] }
  const target = rollbackTarget(state)
  if (trigger.mode !== "auto" || !target.possible || isStopped(state, breach.sinceIso) || isElsewhere(state, breach)) {
    return { ok: true, events: [recorded, ...offerRollback(state, { triggerKey, reason: words, doesNotUndo }, actor)] }
  }
  const { rollback, nowIso } = breach
  const countdown = { triggerKey, reason: words, rollback, to: target.to, doesNotUndo, nowIso }
  const { events, runs } = countDown(state, countdown, actor)
  return { ok: true, events: [recorded, ...events], runs }
}

/** What was red before the switch is fine: from now on it counts. */
export function decideBaselineCleared(
  state: ReleaseState,
  { triggerKey, words }: { triggerKey: string; words: string },
  actor: Actor,
): Decision {
  const trigger = own(state.triggers, triggerKey)
  if (!trigger?.baseline) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "trigger.baseline_cleared", actor, data: { triggerKey, words } }] }
}

/** The same breach goes on: it began before it was last recorded. */
function isKnown(trigger: TriggerState, sinceIso: string | null): boolean {
  return sinceIso !== null && trigger.breach !== null && Date.parse(sinceIso) <= Date.parse(trigger.breach.at)
}

/** A person stopped a countdown after this had begun: they had it before their eyes. */
function isStopped({ rollback }: ReleaseState, sinceIso: string | null): boolean {
  const stoppedAt = rollback?.status === "stopped" ? rollback.stoppedAt : null
  return stoppedAt !== null && sinceIso !== null && Date.parse(sinceIso) <= Date.parse(stoppedAt)
}

function isElsewhere(state: ReleaseState, { environment }: Breach): boolean {
  return environment?.active != null && environment.active.releaseId !== state.id
}
