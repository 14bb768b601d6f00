import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { type Clocks, withClocks } from "./incident-clocks"
import type { Severity } from "./incident-state"

/** Another severity has another plan. The clocks count from where they began all the same; what was served is not served again. */
export function changeSeverity(
  state: ReleaseState,
  { incidentId, severity, reason }: { incidentId: string; severity: Severity; reason: string },
  { facts, nowIso }: { facts: AftermathFacts; nowIso: string },
  actor: Actor,
): Clocks {
  const data = { incidentId, severity, reason, plan: facts.plans[severity] }
  return withClocks(state, { incidentId, events: [{ type: "incident.severity_changed", actor, data }], nowIso })
}
