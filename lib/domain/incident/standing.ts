import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { QueuedRun } from "@/lib/domain/run/queue-run"
import type { PersonRef } from "@/lib/domain/timeline/actor"

/** How things stand at the moment when a level's time has come. */
export interface Standing {
  /** Who is called at this moment under the playbook's words for them. */
  onCall: ReadonlyMap<string, readonly PersonRef[]>
  /** The rollback to be queued if a level begins one, or why none can be planned. */
  rollback: { run: QueuedRun; doesNotUndo: string[] } | { problem: string }
  environment: EnvironmentFacts
  nowIso: string
}
