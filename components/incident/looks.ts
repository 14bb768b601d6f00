import type { Look } from "@/components/status/tones"
import type { IncidentMessage, IncidentRole, IncidentStatus, Severity } from "@/lib/domain/incident/incident-state"

export const severityLooks: Record<Severity, Look> = {
  critical: { tone: "fail", word: "Critical" },
  high: { tone: "warn", word: "High" },
  medium: { tone: "ready", word: "Medium" },
  low: { tone: "none", word: "Low" },
}

export const incidentLooks: Record<IncidentStatus, Look> = {
  open: { tone: "fail", word: "Nobody has it" },
  acknowledged: { tone: "wait", word: "Acknowledged" },
  resolved: { tone: "pass", word: "Resolved" },
}

export const messageLooks: Record<IncidentMessage["status"], Look> = {
  investigating: { tone: "fail", word: "Investigating" },
  identified: { tone: "warn", word: "Identified" },
  monitoring: { tone: "busy", word: "Monitoring" },
  resolved: { tone: "pass", word: "Resolved" },
}

export const roleTitles: Record<IncidentRole, string> = {
  commander: "Commander",
  scribe: "Scribe",
  communications: "Communications",
}

export const roleTasks: Record<IncidentRole, string> = {
  commander: "decides, and keeps the overview",
  scribe: "writes down what is seen and done",
  communications: "tells the team and customers",
}

export const howTitles = {
  rolled_back: "Rolled back",
  fixed: "Fixed",
  flag_off: "A feature was turned off",
  no_action: "It went away by itself",
} as const
