import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"

type Issue = Playbook["runbook"]["issues"][number]

export interface RunbookIssue extends Issue {
  /** What fires now that it fits. */
  because: string | null
}

export function readIssues(playbook: Playbook, _release: ReleaseState): RunbookIssue[] {
  return playbook.runbook.issues.map((issue) => ({ ...issue, because: null }))
}

export function readLogs(playbook: Playbook, _release: ReleaseState, _environment: EnvironmentFacts) {
  return playbook.runbook.logs
}
