import { foldChecklist } from "@/lib/domain/checklist/evolve-checklist"
import { foldDeployment } from "@/lib/domain/deployment/evolve-deployment"
import { foldEnvironment } from "@/lib/domain/environment/evolve-environment"
import { foldFlag } from "@/lib/domain/flag/evolve-flag"
import { foldFollowup } from "@/lib/domain/followup/evolve-followup"
import { foldIncident } from "@/lib/domain/incident/evolve-incident"
import { foldMaintenance } from "@/lib/domain/maintenance/evolve-maintenance"
import { foldOverride } from "@/lib/domain/override/evolve-override"
import { foldReport } from "@/lib/domain/report/evolve-report"
import { foldReview } from "@/lib/domain/review/evolve-review"
import { foldRollback } from "@/lib/domain/rollback/evolve-rollback"
import { foldTrigger } from "@/lib/domain/rollback/evolve-trigger"
import { foldRound } from "@/lib/domain/round/evolve-round"
import { foldRun } from "@/lib/domain/run/evolve-run"
import { foldStep } from "@/lib/domain/run/evolve-step"
import { foldSchedule } from "@/lib/domain/schedule/evolve-schedule"
import { foldSignoff } from "@/lib/domain/signoff/evolve-signoff"
import { foldThreshold } from "@/lib/domain/threshold/evolve-threshold"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { EventType } from "@/lib/domain/timeline/event-types"
import { foldVerification } from "@/lib/domain/verification/evolve-verification"
import { closeRelease, createRelease } from "./evolve-release"
import type { Fold } from "./fold"
import type { ReleaseState } from "./state"

/** One fold for every type: an event without one does not compile. */
const folds: { [T in Exclude<EventType, "release.created">]: Fold<T> } = {
  "release.closed": closeRelease,
  ...foldChecklist,
  ...foldSignoff,
  ...foldOverride,
  ...foldSchedule,
  ...foldRun,
  ...foldStep,
  ...foldMaintenance,
  ...foldDeployment,
  ...foldVerification,
  ...foldTrigger,
  ...foldRollback,
  ...foldFlag,
  ...foldFollowup,
  ...foldIncident,
  ...foldThreshold,
  ...foldRound,
  ...foldReview,
  ...foldReport,
  ...foldEnvironment,
}

/**
 * The state after one more event. Pure; parts that the event does not touch keep their identity.
 * Throws when the first event is not `release.created` or an event is out of order: a fold with a gap is not a state.
 */
export function evolve(state: ReleaseState | null, event: AnyTimelineEvent): ReleaseState {
  if (state === null) {
    if (event.type !== "release.created") throw new Error(`a release begins with release.created, not ${event.type}`)
    return createRelease(event)
  }
  if (event.type === "release.created") throw new Error("a release is created once")
  if (event.seq !== state.lastSeq + 1) throw new Error(`event ${event.seq} does not follow ${state.lastSeq}`)
  // The table is keyed by the event's own type, which the compiler cannot follow through the lookup.
  const fold = folds[event.type] as Fold<typeof event.type>
  return { ...fold(state, event as never), lastSeq: event.seq, updatedAt: event.at }
}

/** The state after these events, in order; null when there are none. */
export function foldEvents(events: Iterable<AnyTimelineEvent>, from: ReleaseState | null = null): ReleaseState | null {
  let state = from
  for (const event of events) state = evolve(state, event)
  return state
}
