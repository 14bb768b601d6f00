import type { NewRun } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { countDown } from "@/lib/domain/rollback/count-down"
import { rollbackTarget } from "@/lib/domain/rollback/rollback-target"
import type { Actor } from "@/lib/domain/timeline/actor"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { Incident } from "./incident-state"
import type { Standing } from "./standing"

/** A level that acts: the rollback begins to count down, where everybody can see and stop it. Or why it does not. */
export function rollBackFor(
  state: ReleaseState,
  request: Standing & { incident: Incident; level: number },
  actor: Actor,
): { events: NewEvent[]; runs: NewRun[] } {
  const { incident, level, rollback, nowIso } = request
  const data = { incidentId: incident.id, level }
  const skip = (words: string) => {
    return { events: [{ type: "incident.level_skipped" as const, actor, data: { ...data, words } }], runs: [] }
  }
  const target = rollbackTarget(state)
  const why = whyNot(state, request)
  if (why) return skip(why)
  if (!target.possible) return skip(target.words)
  if ("problem" in rollback) return skip(rollback.problem)
  const lasted = durationInWords(Date.parse(nowIso) - Date.parse(incident.escalatesFrom))
  const reason = `Incident ${incident.number} (${incident.title}) was not resolved in ${lasted}.`
  const countdown = { reason, rollback: rollback.run, to: target.to, doesNotUndo: rollback.doesNotUndo, nowIso }
  const { events, runs, executesAt } = countDown(state, { triggerKey: null, ...countdown }, actor)
  const left = durationInWords(Date.parse(executesAt) - Date.parse(nowIso))
  const words = `Back to ${target.to.version} in ${left}, unless somebody stops it.`
  return {
    events: [...events, { type: "incident.level_acted", actor, data: { ...data, action: "rollback", words } }],
    runs,
  }
}

function whyNot(state: ReleaseState, { environment }: Standing): string | null {
  if (state.rollback?.status === "counting") return "A rollback is counting down already."
  // It is not tried again blindly: whatever made it fail is still so.
  if (state.status === "rollback_failed") return "The rollback was tried and failed: what now is for people to decide."
  const { active } = environment
  if (active && active.releaseId !== state.id) return `${active.releaseName} holds ${environment.name} at the moment.`
  return null
}
