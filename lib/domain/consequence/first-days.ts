import type { ReleaseState } from "@/lib/domain/release/state"
import { firstRoundTimer, ROUNDS_SUBJECT } from "@/lib/domain/round/plan-rounds"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { type Consequence, type ConsequenceContext, nothingFollows } from "./consequence"

export const AFTER_SUBJECT = "after"
export const AFTER_MS = 72 * 3_600_000

/** Rounds begin with the switch, the list of three days with the verdict; both end when what they look at is no longer live. */
export function firstDaysOfEvent(state: ReleaseState, event: NewEvent, context: ConsequenceContext): Consequence {
  switch (event.type) {
    case "deployment.switched":
      return state.status === "deploying" ? roundsBegin(state, event, context) : nothingFollows
    case "verification.verdict_given":
      return event.data.verdict === "pass" ? afterListOpens(state, event, context) : nothingFollows
    case "verification.accepted":
      return afterListOpens(state, event, context)
    case "rollback.decided":
      return firstDaysEnd(state, event, "The version is being rolled back.")
    case "release.closed":
      return firstDaysEnd(state, event, "The release was closed.")
    default:
      return nothingFollows
  }
}

function roundsBegin(state: ReleaseState, { actor }: NewEvent, { facts, nowIso }: ConsequenceContext): Consequence {
  const { bands } = facts
  const timer = firstRoundTimer({ startsAt: nowIso, bands }, state.timeScale)
  if (!timer || state.rounds) return nothingFollows
  return {
    ...nothingFollows,
    events: [{ type: "round.planned", actor, data: { startsAt: nowIso, bands } }],
    timers: [timer],
  }
}

function afterListOpens(state: ReleaseState, { actor }: NewEvent, { facts, nowIso }: ConsequenceContext): Consequence {
  const isOpen = Object.values(state.followups).some(({ list }) => list === "after")
  if (isOpen || facts.after.length === 0) return nothingFollows
  const fromMs = Date.parse(state.switchedAt ?? nowIso)
  const dueAt = new Date(fromMs + Math.round(AFTER_MS * state.timeScale)).toISOString()
  const followups = facts.after.map(({ key, title, proof }) => {
    return { key: `after:${key}`, title, detail: "", commands: [], proof, dueAt }
  })
  return {
    ...nothingFollows,
    events: [{ type: "followup.opened", actor, data: { list: "after", followups } }],
    timers: [{ kind: "after_due", subject: AFTER_SUBJECT, dueAt, data: {} }],
  }
}

function firstDaysEnd(state: ReleaseState, { actor }: NewEvent, reason: string): Consequence {
  const events: NewEvent[] =
    state.rounds && !state.rounds.ended ? [{ type: "round.ended", actor, data: { reason } }] : []
  return { ...nothingFollows, events, cancelTimersOf: [ROUNDS_SUBJECT, AFTER_SUBJECT] }
}
