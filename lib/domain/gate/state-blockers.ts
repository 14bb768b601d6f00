import { own } from "@/lib/domain/release/own"
import type { ReleaseState, ReleaseStatus } from "@/lib/domain/release/state"
import type { Blocker } from "./gate-types"

const because: Record<Exclude<ReleaseStatus, "preparing">, string> = {
  deploying: "it is being deployed",
  verifying: "it is live and being verified",
  watching: "it is live",
  rolling_back: "it is being rolled back",
  rolled_back: "it was rolled back; a new attempt needs a new release",
  rollback_failed: "its rollback failed and must be seen to first",
  closed: "it is closed",
}

export function stateBlockers(state: ReleaseState, forRun: string | null): Blocker[] {
  if (state.status === "preparing") return []
  const run = forRun === null ? undefined : own(state.runs, forRun)
  if (state.status === "deploying" && run?.kind === "deploy" && run.finishedAt === null) return []
  const message = `The release cannot be deployed: ${because[state.status]}.`
  return [{ code: "release_state", message, href: `/releases/${state.id}/deploy` }]
}
