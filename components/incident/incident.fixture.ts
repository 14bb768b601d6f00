import type { Incident, IncidentLevel } from "@/lib/domain/incident/incident-state"

export const startedAt = "2026-11-29T10:00:00.000Z"
export const startMs = Date.parse(startedAt)

export function level(n: number, over: Partial<IncidentLevel>): IncidentLevel {
  return {
    ...{ n, title: `Level ${n}`, afterMs: null, page: null, notify: null, action: null },
    ...{ status: "waiting", at: null, people: [], words: null, ...over },
  }
}

export function incident(over: Partial<Incident> = {}): Incident {
  return {
    ...{ id: "i1", number: 1, title: "Error rate", severity: "critical", status: "open" },
    cause: { kind: "person", key: null, words: "Seen" },
    ...{
      signals: [],
      startedAt,
      escalatesFrom: over.startedAt ?? startedAt,
      declaredBy: "Ada",
      resolution: "Rollback immediately",
      fixWithinMs: null,
    },
    ...{ fixOverdueAt: null, repageMs: 900_000, levels: [], stages: [], acknowledged: null },
    ...{ firstAcknowledgedAt: null, roles: {}, notes: [], pins: [], messages: [], resolved: null },
    ...over,
  }
}
