import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { actorName, personRefOf } from "@/lib/domain/timeline/actor-name"
import { carryOver, freshLevel } from "./carry-over"
import type { Incident, IncidentLevel, IncidentPlan } from "./incident-state"

export const foldIncident: Folds<"incident"> = {
  "incident.declared": (state, { actor, at, data }) => {
    const { incidentId, number, title, severity, cause, stages, plan } = data
    const incident: Incident = {
      id: incidentId,
      number,
      title,
      severity,
      status: "open",
      cause,
      signals: [],
      startedAt: at,
      escalatesFrom: at,
      declaredBy: actorName(actor),
      resolution: plan.resolution,
      fixWithinMs: plan.fixWithinMs,
      fixOverdueAt: null,
      repageMs: plan.repageMs,
      levels: plan.levels.map(freshLevel),
      stages: stages.map((stage) => ({
        ...stage,
        actions: stage.actions.map((action) => ({ title: action, done: null })),
      })),
      acknowledged: null,
      firstAcknowledgedAt: null,
      roles: {},
      notes: [],
      pins: [],
      messages: [],
      resolved: null,
    }
    return { ...state, incidents: { ...state.incidents, [incidentId]: incident } }
  },
  "incident.signal_added": (state, { at, data }) =>
    changed(state, data.incidentId, ({ signals }) => ({ signals: [...signals, { ...data.cause, at }] })),
  "incident.severity_changed": (state, { data }) =>
    changed(state, data.incidentId, (incident) => ({
      severity: data.severity,
      ...ruleOf(data.plan),
      levels: carryOver(incident.levels, data.plan),
    })),
  "incident.acknowledged": (state, { actor, at, data }) =>
    changed(state, data.incidentId, (incident) => ({
      status: "acknowledged",
      acknowledged: { by: personRefOf(actor), at, note: data.note, repageAt: data.repageAt },
      firstAcknowledgedAt: incident.firstAcknowledgedAt ?? at,
    })),
  "incident.acknowledgement_lapsed": (state, { data }) =>
    changed(state, data.incidentId, () => ({ status: "open", acknowledged: null })),
  "incident.paged": (state, { at, data }) =>
    level(state, data, (before) =>
      // Paging again is no turn of the level: only one that was held has had none yet.
      data.how === "repage" && before.status !== "held"
        ? {}
        : { status: "paged", at, people: data.people, words: null },
    ),
  "incident.level_held": (state, { at, data }) => level(state, data, () => ({ status: "held", at })),
  "incident.level_skipped": (state, { at, data }) =>
    level(state, data, () => ({ status: "skipped", at, words: data.words })),
  "incident.level_acted": (state, { at, data }) =>
    level(state, data, () => ({ status: "acted", at, words: data.words })),
  "incident.fix_overdue": (state, { at, data }) => changed(state, data.incidentId, () => ({ fixOverdueAt: at })),
  "incident.role_given": (state, { data }) =>
    changed(state, data.incidentId, ({ roles }) => {
      const { [data.role]: _before, ...others } = roles
      return { roles: data.person ? { ...others, [data.role]: data.person } : others }
    }),
  "incident.action_ticked": (state, { actor, at, data }) =>
    changed(state, data.incidentId, ({ stages }) => ({
      stages: stages.map((stage) => {
        if (stage.key !== data.stageKey) return stage
        const done = data.done ? { by: actorName(actor), at } : null
        return { ...stage, actions: stage.actions.map((each, n) => (n === data.action ? { ...each, done } : each)) }
      }),
    })),
  "incident.noted": (state, { actor, at, data }) =>
    changed(state, data.incidentId, ({ notes }) => ({
      notes: [...notes, { id: data.noteId, text: data.text, by: actorName(actor), at }],
    })),
  "incident.event_pinned": (state, { actor, at, data }) =>
    changed(state, data.incidentId, ({ pins }) => ({
      pins: [
        ...pins.filter(({ seq }) => seq !== data.seq),
        { seq: data.seq, words: data.words, by: actorName(actor), at },
      ],
    })),
  "incident.event_unpinned": (state, { data }) =>
    changed(state, data.incidentId, ({ pins }) => ({ pins: pins.filter(({ seq }) => seq !== data.seq) })),
  "incident.message_posted": (state, { actor, at, data }) =>
    changed(state, data.incidentId, ({ messages }) => {
      const { messageId: id, audience, status, template, title, text } = data
      return { messages: [...messages, { id, audience, status, template, title, text, by: actorName(actor), at }] }
    }),
  "incident.resolved": (state, { actor, at, data }) =>
    changed(state, data.incidentId, () => ({
      status: "resolved",
      acknowledged: null,
      resolved: { by: actorName(actor), at, how: data.how, words: data.words },
    })),
  // It is back: its escalation begins anew, with every level to be served again.
  "incident.reopened": (state, { at, data }) =>
    changed(state, data.incidentId, () => ({
      status: "open",
      resolved: null,
      escalatesFrom: at,
      fixOverdueAt: null,
      ...ruleOf(data.plan),
      levels: data.plan.levels.map(freshLevel),
    })),
}

const ruleOf = ({ resolution, fixWithinMs, repageMs }: IncidentPlan) => ({ resolution, fixWithinMs, repageMs })

function changed(state: ReleaseState, id: string, change: (incident: Incident) => Partial<Incident>): ReleaseState {
  const incident = own(state.incidents, id)
  if (!incident) return state
  return { ...state, incidents: { ...state.incidents, [id]: { ...incident, ...change(incident) } } }
}

function level(
  state: ReleaseState,
  { incidentId, level: n }: { incidentId: string; level: number },
  change: (level: IncidentLevel) => Partial<IncidentLevel>,
): ReleaseState {
  return changed(state, incidentId, ({ levels }) => ({
    levels: levels.map((each) => (each.n === n ? { ...each, ...change(each) } : each)),
  }))
}
