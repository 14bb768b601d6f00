import type { Decision, NewRun } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import { preview } from "@/lib/domain/release/preview"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { findIncident } from "./find-incident"
import type { Incident, IncidentLevel } from "./incident-state"
import { levelsDue, pageLevelsToCome } from "./levels-due"
import { rollBackFor } from "./roll-back-for"
import type { Standing } from "./standing"

/**
 * The time of a level has come. Every level whose time has come and that has had no turn gets it now, in order: whichever
 * timer woke us, and whichever was lost or late. A level that has had its turn gets no second one.
 */
export function decideLevelDue(
  state: ReleaseState,
  { incidentId, ...standing }: Standing & { incidentId: string },
  actor: Actor,
): Decision {
  const found = findIncident(state, incidentId)
  if (!found.ok) return found
  let now = state
  const events: NewEvent[] = []
  const runs: NewRun[] = []
  for (const { n } of levelsDue(found.incident, state.timeScale, standing.nowIso)) {
    const incident = own(now.incidents, incidentId) ?? found.incident
    const level = incident.levels.find((each) => each.n === n)
    // One before it had nobody to call and brought this one forward.
    if (level?.status !== "waiting") continue
    const turn = serve(now, incident, level, standing, actor)
    now = preview(now, turn.events, standing.nowIso)
    events.push(...turn.events)
    runs.push(...turn.runs)
  }
  return { ok: true, events, runs }
}

function serve(
  state: ReleaseState,
  incident: Incident,
  level: IncidentLevel,
  standing: Standing,
  actor: Actor,
): { events: NewEvent[]; runs: NewRun[] } {
  const { page, notify, action } = level
  const at = { incidentId: incident.id, level: level.n }
  const events: NewEvent[] = []
  // Telling wakes nobody: an acknowledgement does not keep it back, and channels reach a team that is no rota.
  if (notify !== null) events.push(paged(at, "notify", notify, standing, actor))
  if (page !== null) events.push(...call(incident, { ...level, page }, standing, actor))
  if (action === "rollback") {
    const acted = rollBackFor(state, { incident, level: level.n, ...standing }, actor)
    return { events: [...events, ...acted.events], runs: acted.runs }
  }
  if (events.length === 0) {
    const words = `“${level.title}” is for people to do: its time has come.`
    events.push({ type: "incident.level_skipped", actor, data: { ...at, words } })
  }
  return { events, runs: [] }
}

/**
 * Calls whoever is on call for a level. Nobody is: it is skipped, and the next level that has somebody is called at once
 * instead of at its time. Where no level has anybody, those to come keep their times: by then the rota may have somebody.
 */
function call(
  incident: Incident,
  level: IncidentLevel & { page: string },
  standing: Standing,
  actor: Actor,
): NewEvent[] {
  const incidentId = incident.id
  if (incident.acknowledged) {
    return [{ type: "incident.level_held", actor, data: { incidentId, level: level.n } }]
  }
  const has = ({ page }: { page: string }) => (standing.onCall.get(page) ?? []).length > 0
  const page = (each: { n: number; page: string }) =>
    paged({ incidentId, level: each.n }, "page", each.page, standing, actor)
  if (has(level)) return [page(level)]
  const later = pageLevelsToCome(incident).filter(({ n }) => n !== level.n)
  const next = later.findIndex(has)
  const passedOver = next < 0 ? [level] : [level, ...later.slice(0, next)]
  const instead = later[next]
  const then = instead
    ? `${instead.page} is called at once.`
    : later.length > 0
      ? "Nor for any level after it, so far."
      : "No level comes after it."
  return [
    ...passedOver.map((each): NewEvent => {
      const data = { incidentId, level: each.n, words: `Nobody is on call for ${each.page}. ${then}` }
      return { type: "incident.level_skipped", actor, data }
    }),
    ...(instead ? [page(instead)] : []),
  ]
}

function paged(
  at: { incidentId: string; level: number },
  how: "page" | "notify",
  target: string,
  { onCall }: Standing,
  actor: Actor,
): NewEvent {
  return { type: "incident.paged", actor, data: { ...at, how, target, people: [...(onCall.get(target) ?? [])] } }
}
