import type { Decision } from "@/lib/domain/release/decision"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"

/** Records what was live before the deployment, as the platform says. */
export function decideFoundLive(
  state: ReleaseState,
  { previous }: { previous: DeployedVersion | null },
  actor: Actor,
): Decision {
  // Once switched, what is found live is this release itself.
  const known = state.switchedAt !== null || (previous && state.previous?.deploymentId === previous.deploymentId)
  if (known) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "deployment.found_live", actor, data: { previous } }] }
}

export interface AlreadyRed {
  triggerKey: string
  words: string
}

/**
 * Records the switch. A deployment's switch arms the triggers; of those that were red before it (`alreadyRed`) that is
 * recorded, too: they say nothing about this release until they have been fine once. Recorded already: nothing more to do.
 */
export function decideSwitch(
  state: ReleaseState,
  {
    from,
    to,
    adopted,
    alreadyRed = [],
  }: { from: DeployedVersion | null; to: DeployedVersion; adopted: boolean; alreadyRed?: readonly AlreadyRed[] },
  actor: Actor,
): Decision {
  if (state.live?.deploymentId === to.deploymentId) return { ok: true, events: [] }
  const events: NewEvent[] = [{ type: "deployment.switched", actor, data: { from, to, adopted } }]
  const triggerKeys = Object.keys(state.triggers)
  if (state.status === "deploying" && triggerKeys.length > 0) {
    events.push({ type: "trigger.armed", actor, data: { triggerKeys } })
    for (const { triggerKey, words } of alreadyRed) {
      events.push({ type: "trigger.baseline_recorded", actor, data: { triggerKey, words } })
    }
  }
  return { ok: true, events }
}
