import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

/** What a place that hosts the repository is told about a commit on its way into an environment. */
export interface DeploymentReport {
  /** One deployment or rollback: every report about it carries the same. */
  key: string
  commit: string
  ref: string
  environment: string
  state: "in_progress" | "success" | "failure" | "cancelled"
  description: string
}

const MOST_CHARS = 140

/** The reports that these events of a release are worth, given the state after them. Without a known commit there are none. */
export function deploymentReports(state: ReleaseState, events: readonly AnyTimelineEvent[]): DeploymentReport[] {
  return events.flatMap((event) => reportsOf(state, event))
}

function reportsOf(state: ReleaseState, event: AnyTimelineEvent): DeploymentReport[] {
  switch (event.type) {
    case "run.queued":
      if (event.data.kind !== "deploy") return []
      return own(state, event.data.runId, "in_progress", `${state.name}: the deployment begins`)
    case "run.finished": {
      const { runId, status, outcome } = event.data
      // Deployed is not verified: success is said with the verdict.
      if (state.runs[runId]?.kind !== "deploy" || status === "passed") return []
      return own(state, runId, status === "failed" ? "failure" : "cancelled", outcome)
    }
    case "deployment.switched":
      return ofLastDeploy(state, "in_progress", `${state.version} is live and being verified`)
    case "verification.verdict_given": {
      const { verdict, reasons } = event.data
      const said = reasons.join("; ")
      if (verdict === "pass") return ofLastDeploy(state, "success", `${state.version} is live and verified`)
      return ofLastDeploy(state, verdict === "fail" ? "failure" : "in_progress", `Verification: ${verdict}. ${said}`)
    }
    case "rollback.decided":
      return [
        ...ofLastDeploy(state, "failure", `Rolled back: ${event.data.reason}`),
        ...ofRollback(state, event.data.runId, "in_progress", `Back to ${event.data.to.version}: ${event.data.reason}`),
      ]
    case "rollback.verified":
      return ofRollback(state, event.data.runId, "success", `${state.rollback?.to?.version} is live again and verified`)
    case "rollback.failed":
      return ofRollback(state, event.data.runId, "failure", event.data.reason)
    default:
      return []
  }
}

function ofLastDeploy(state: ReleaseState, report: DeploymentReport["state"], description: string) {
  const runId = state.runOrder.findLast((id) => state.runs[id]?.kind === "deploy")
  return runId ? own(state, runId, report, description) : []
}

function own(
  { commit, ref, environment }: ReleaseState,
  runId: string,
  state: DeploymentReport["state"],
  description: string,
): DeploymentReport[] {
  if (commit === null) return []
  return [{ key: runId, commit, ref, environment: environment.name, state, description: short(description) }]
}

function ofRollback(
  { rollback, environment }: ReleaseState,
  runId: string,
  state: DeploymentReport["state"],
  description: string,
): DeploymentReport[] {
  const commit = rollback?.to?.commit
  if (!commit) return []
  return [{ key: runId, commit, ref: commit, environment: environment.name, state, description: short(description) }]
}

/** As long as the strictest of the forges lets it be. */
function short(words: string): string {
  return words.length <= MOST_CHARS ? words : `${words.slice(0, MOST_CHARS - 1)}…`
}
