import { deploymentReports } from "@/lib/domain/deployment/deployment-report"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { NewOutboxMessage } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"

/** What the place that hosts the repository is to be told of these events, in their order. */
export function forgeReports(
  { forge }: Pick<EnvironmentConfig, "forge">,
  { state, events }: { state: ReleaseState; events: readonly AnyTimelineEvent[] },
): NewOutboxMessage[] {
  if (!forge) return []
  const lane = `deployment_report:${state.id}`
  return deploymentReports(state, events).map((report) => ({ kind: "deployment_report", lane, payload: { report } }))
}
