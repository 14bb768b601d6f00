import type { Decision } from "@/lib/domain/release/decision"

/** Several decisions on one state as one: all their events and runs in order, or the first refusal. */
export function together(...decisions: Decision[]): Decision {
  const all: Extract<Decision, { ok: true }> = { ok: true, events: [], runs: [] }
  for (const decision of decisions) {
    if (!decision.ok) return decision
    all.events.push(...decision.events)
    all.runs?.push(...(decision.runs ?? []))
  }
  return all
}

export const nothingToDo: Decision = { ok: true, events: [] }
