import type { Incident } from "@/lib/domain/incident/incident-state"
import type { ReleaseState } from "@/lib/domain/release/state"

export interface RuleReading {
  /** By the playbook's rule this is to be done now, and not looked at. */
  rollBackNow: boolean
  /** Going back is offered, be it now or as the other way out. */
  offersRollback: boolean
  /** Repaired until then, or rolled back. */
  repairDueMs: number | null
  repairOver: boolean
  /** Why nothing can be rolled back although the rule speaks of it. */
  cannot: string | null
}

/** What the severity's rule asks for at `nowMs`, and whether it can be done. */
export function readRule(
  incident: Pick<Incident, "severity" | "status" | "escalatesFrom" | "fixWithinMs">,
  release: Pick<ReleaseState, "status" | "rollback" | "timeScale">,
  nowMs: number,
): RuleReading {
  const { severity, fixWithinMs, escalatesFrom, status } = incident
  const over = status === "resolved"
  const repairDueMs =
    fixWithinMs === null || over ? null : Date.parse(escalatesFrom) + Math.round(fixWithinMs * release.timeScale)
  const repairOver = repairDueMs !== null && nowMs >= repairDueMs
  const speaksOfIt = !over && (severity === "critical" || fixWithinMs !== null)
  const cannot = speaksOfIt ? whyNot(release) : null
  return {
    rollBackNow: speaksOfIt && cannot === null && (severity === "critical" || repairOver),
    offersRollback: speaksOfIt && cannot === null,
    ...{ repairDueMs, repairOver, cannot },
  }
}

function whyNot({ status, rollback }: Pick<ReleaseState, "status" | "rollback">): string | null {
  if (rollback?.status === "running") return "The rollback is under way."
  if (rollback?.status === "done") return "It has been rolled back."
  if (status === "preparing") return "Nothing of this release is live: there is nothing to go back from."
  if (status === "closed") return "This release is closed: going back takes a release of the version before."
  return null
}
