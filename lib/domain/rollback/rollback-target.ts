import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"

/** What a rollback would go back to, and from what; or why there is nothing to go back to, in words. */
export type RollbackTarget =
  | { possible: true; to: DeployedVersion; from: DeployedVersion | null }
  | { possible: false; words: string }

export function rollbackTarget(state: ReleaseState): RollbackTarget {
  switch (state.status) {
    case "preparing":
      return no("Nothing of this release is live.")
    case "rolling_back":
      return no("A rollback is already under way.")
    case "rolled_back":
      return no("The release was already rolled back.")
    case "closed":
      return no("The release is closed.")
    case "rollback_failed": {
      // Its switch may have turned live and previous around already: the aim is the one that was decided.
      const { to = null, from = null } = state.rollback ?? {}
      return to ? { possible: true, to, from } : no("There is no previous version to go back to.")
    }
    default:
      if (!hasBegunToSwitch(state)) return no("Nothing was switched yet: abort the deployment instead.")
      if (!state.previous || state.previous.deploymentId === state.live?.deploymentId) {
        return no("There is no previous version to go back to.")
      }
      return { possible: true, to: state.previous, from: state.live }
  }
}

/** From the first step of the deploy phase on, a switch may have happened that nobody could tell of. */
function hasBegunToSwitch(state: ReleaseState): boolean {
  if (state.switchedAt !== null) return true
  return Object.values(state.runs).some(
    (run) =>
      run.kind === "deploy" &&
      run.finishedAt === null &&
      run.steps.some((step) => step.phase === "deploy" && step.startedAt !== null),
  )
}

const no = (words: string): RollbackTarget => ({ possible: false, words })
