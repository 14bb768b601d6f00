import { isAutomatic } from "@/lib/domain/checklist/automatic"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { WindowStatus } from "@/lib/domain/window/window-status"
import { checklistBlockers } from "./checklist-blockers"
import { environmentBlockers } from "./environment-blockers"
import type { Blocker } from "./gate-types"
import { signoffBlockers } from "./signoff-blockers"
import { stateBlockers } from "./state-blockers"
import { type WindowGateAnswer, windowBlockers, windowGate } from "./window-gate"

export interface GateAnswer {
  go: boolean
  /** Every unmet condition, in the order in which people would see to them. */
  blockers: Blocker[]
  /** The windows alone; `freezes` says what is frozen. */
  window: WindowStatus
  freezes: WindowGateAnswer["freezes"]
  /** When a window is next open and nothing frozen. Null: that is so now, or not in sight. */
  opensAt: string | null
  /** A closed window or a freeze would be in the way, and an approved override lets the start pass. */
  overridden: boolean
  /** Stale items that a start proves again by itself, where nothing else is in its way; otherwise empty. */
  renewable: string[]
}

/**
 * May this release be deployed now? The page, the API, the start and the worker that begins the run all ask this.
 * `forRun`: the question of the worker that begins this queued deployment, which itself made the release busy.
 * `windowAtMs`: when the deploy phase will begin, where that is not now.
 */
export function gate(
  state: ReleaseState,
  environment: EnvironmentFacts,
  nowMs: number,
  { forRun = null, windowAtMs = nowMs }: { forRun?: string | null; windowAtMs?: number } = {},
): GateAnswer {
  const { letsIn: _, ...clock } = windowGate(state, environment, windowAtMs)
  const blockers = [
    ...stateBlockers(state, forRun),
    ...checklistBlockers(state, nowMs),
    ...signoffBlockers(state, nowMs),
    ...windowBlockers(state, environment, windowAtMs),
    ...environmentBlockers(state, environment, forRun),
  ]
  return { go: blockers.length === 0, blockers, ...clock, renewable: renewable(state, blockers) }
}

function renewable(state: ReleaseState, blockers: Blocker[]): string[] {
  const keys = blockers.map(({ code, subject }) => (code === "checklist_stale" && subject ? subject : null))
  const renews = (key: string | null): key is string => {
    const item = key === null ? undefined : own(state.items, key)
    return item !== undefined && isAutomatic(item)
  }
  return keys.every(renews) ? keys : []
}
