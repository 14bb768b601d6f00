import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { WindowStatus } from "@/lib/domain/window/window-status"
import { checklistBlockers } from "./checklist-blockers"
import { environmentBlockers } from "./environment-blockers"
import type { Blocker } from "./gate-types"
import { signoffBlockers } from "./signoff-blockers"
import { stateBlockers } from "./state-blockers"
import { windowBlockers, windowGate } from "./window-gate"

export interface GateAnswer {
  go: boolean
  /** Every unmet condition, in the order in which people would see to them. */
  blockers: Blocker[]
  window: WindowStatus
  /** The window is closed and an approved override lets the start pass it. */
  overridden: boolean
}

/**
 * May this release be deployed now? The page, the API, the start and the worker that begins the run all ask this.
 * `forRun`: the question of the worker that begins this queued deployment, which itself made the release busy.
 */
export function gate(
  state: ReleaseState,
  environment: EnvironmentFacts,
  nowMs: number,
  { forRun = null }: { forRun?: string | null } = {},
): GateAnswer {
  const { window, overridden } = windowGate(state, nowMs)
  const blockers = [
    ...stateBlockers(state, forRun),
    ...checklistBlockers(state, nowMs),
    ...signoffBlockers(state),
    ...windowBlockers(state, nowMs),
    ...environmentBlockers(state, environment, forRun),
  ]
  return { go: blockers.length === 0, blockers, window, overridden }
}
