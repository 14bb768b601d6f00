import type { Live, Previous, SetLive, SetLiveAnswer } from "./contract"
import type { HostLog } from "./host-log"
import type { Instances } from "./instances"
import { HostProblem } from "./problem"
import type { StateFile, StoredState } from "./state-file"

/** How many deployments stay up, the live one included. */
const KEEP_WARM = 3
const KEEP_PREVIOUS = 20

/**
 * Makes a running instance the live one. Asked again for what is live already, it changes nothing and says so.
 * The check of `expect` and the switch are one step: of two switches with the same `expect` one is refused.
 */
export async function switchLive(
  { state, instances, log }: { state: StateFile; instances: Instances; log: HostLog },
  { deploymentId, expect }: SetLive,
): Promise<SetLiveAnswer> {
  let answer: SetLiveAnswer | null = null
  await state.update((s) => {
    const now = s.live?.deploymentId ?? null
    if (s.live && now === deploymentId) {
      answer = { switched: false, live: s.live }
      return s
    }
    if (expect !== undefined && expect !== now) {
      throw new HostProblem("conflict", `Expected ${expect ?? "nothing"} to be live, but it is ${now ?? "nothing"}`)
    }
    const instance = instances.get(deploymentId)
    const { status, version, commit } = instance.snapshot()
    if (!instance.isServing() || !s.instances[deploymentId]) {
      throw new HostProblem("conflict", `${deploymentId} is not running (${instance.stopping() ? "stopping" : status})`)
    }
    const at = new Date().toISOString()
    const live: Live = { deploymentId, version, commit, since: at }
    answer = { switched: true, live }
    return {
      ...s,
      live,
      previous: previousAfter(s, live),
      switches: [...s.switches, { from: now, to: deploymentId, at }],
    }
  })
  if (!answer) throw new Error("A switch ended without an answer")
  const { switched, live }: SetLiveAnswer = answer
  if (switched) {
    log("live.switched", { ...live })
    // It may have crashed while the switch was written down, when it was not yet live and so not restarted.
    instances.restartIfLive(deploymentId)
    await instances.stopAllBut(warmDeployments)
  }
  return { switched, live }
}

function previousAfter(s: StoredState, next: Live): Previous[] {
  const others = s.previous.filter(({ deploymentId }) => deploymentId !== next.deploymentId)
  if (!s.live) return others
  const replaced = { ...s.live, until: next.since }
  return [replaced, ...others.filter(({ deploymentId }) => deploymentId !== replaced.deploymentId)].slice(
    0,
    KEEP_PREVIOUS,
  )
}

function warmDeployments(s: StoredState): Set<string> {
  const latestFirst = [...(s.live ? [s.live] : []), ...s.previous]
  return new Set(latestFirst.slice(0, KEEP_WARM).map(({ deploymentId }) => deploymentId))
}
