import type { Freeze } from "@/lib/domain/window/freeze"
import type { DeploymentWindow } from "@/lib/domain/window/window"

/** What is so about the environment at the moment of asking: read under its row lock when it matters. */
export interface EnvironmentFacts {
  id: string
  key: string
  name: string
  /** Set by a rollback or a person: nothing is deployed until someone unlocks it. */
  lock: { reason: string; byName: string; at: string; releaseId: string | null } | null
  /** The one deployment, verification or rollback that runs here now. */
  active: { releaseId: string; releaseName: string; runId: string; since: string } | null
  /** Windows of its own. Null: the playbook's hold. */
  windows: DeploymentWindow[] | null
  /** Those that nobody has ended, of this environment, its service, or all: in force, to come, or lately past. */
  freezes: Freeze[]
}
