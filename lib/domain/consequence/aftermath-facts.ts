import type { IncidentPlan, Severity } from "@/lib/domain/incident/incident-state"
import type { RoundBand } from "@/lib/domain/round/round-state"
import type { EventData } from "@/lib/domain/timeline/event-types"

/** What the release's playbook says about what comes after the switch, in milliseconds that are not scaled yet. */
export interface AftermathFacts {
  stages: EventData<"incident.declared">["stages"]
  plans: Record<Severity, IncidentPlan>
  bands: RoundBand[]
  /** What must be so three days after go-live. */
  after: { key: string; title: string; proof: "rule" | "record" | null }[]
}
