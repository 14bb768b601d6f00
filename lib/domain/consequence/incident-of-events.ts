import { changeSeverity } from "@/lib/domain/incident/change-severity"
import { declareIncident, isMoreSevere, openIncident } from "@/lib/domain/incident/declare-incident"
import type { IncidentCause, Severity } from "@/lib/domain/incident/incident-state"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { Consequence, ConsequenceContext } from "./consequence"
import { nothingFollows } from "./consequence"

interface Alarm {
  title: string
  severity: Severity
  cause: IncidentCause
}

/** What went wrong is an incident: a new one, or one more sign of the one that is open. */
export function incidentOfEvent(state: ReleaseState, event: NewEvent, context: ConsequenceContext): Consequence {
  const alarm = alarmOf(state, event)
  if (!alarm) return nothingFollows
  const open = openIncident(state)
  if (!open) {
    const declaration = { incidentId: context.newId(), ...alarm }
    return declareIncident(state, declaration, context, event.actor)
  }
  const signal: NewEvent = {
    type: "incident.signal_added",
    actor: event.actor,
    data: { incidentId: open.id, cause: alarm.cause },
  }
  if (!isMoreSevere(alarm.severity, open.severity)) return { ...nothingFollows, events: [signal] }
  const change = { incidentId: open.id, severity: alarm.severity, reason: alarm.cause.words }
  const raised = changeSeverity(state, change, context, event.actor)
  return { ...raised, events: [signal, ...raised.events] }
}

function alarmOf(state: ReleaseState, event: NewEvent): Alarm | null {
  switch (event.type) {
    case "trigger.breached": {
      const { triggerKey: key, words } = event.data
      const trigger = own(state.triggers, key)
      if (!trigger || trigger.rule?.observeOnly) return null
      const severity = trigger.mode === "auto" ? "critical" : "high"
      return { title: trigger.title, severity, cause: { kind: "trigger", key, words } }
    }
    case "threshold.breached": {
      const { level, key, title, words } = event.data
      // A warning is looked into; it is part of an incident only where there is one already.
      if (level === "warning" && !openIncident(state)) return null
      const severity = level === "critical" ? "critical" : "medium"
      return { title, severity, cause: { kind: "threshold", key, words } }
    }
    case "rollback.failed":
      return {
        title: "The rollback failed",
        severity: "critical",
        cause: { kind: "rollback", key: null, words: event.data.reason },
      }
    default:
      return null
  }
}
