import { randomUUID } from "node:crypto"
import { setFlagRequest } from "@/lib/contracts/api/requests"
import { flagRunInputSchema } from "@/lib/contracts/runs"
import { decideSetFlag } from "@/lib/domain/flag/decide-flag"
import { refuse } from "@/lib/domain/release/decision"
import type { Context } from "@/lib/server/access/context"
import { plannedSteps } from "@/lib/server/deploy/planned-steps"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

const TIMEOUT_MS = 60_000

/** Has a worker turn one of the environment's feature flags: at once, whatever is under way. */
export function setFlag(ctx: Context, releaseId: string, flagKey: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "flag.set", schema: setFlagRequest, body },
    ({ state, environmentConfig }, { on, reason }, { actor }) => {
      const flag = environmentConfig.flags.find(({ key }) => key === flagKey)
      if (!flag) return refuse("not_found", `The environment has no feature flag “${flagKey}”.`)
      const { title } = flag
      const input = flagRunInputSchema.parse({
        kind: "flag",
        flagKey,
        environment: environmentConfig,
        steps: [
          {
            ...{
              key: "turn",
              title: `Turn “${title}” ${on ? "on" : "off"}`,
              phase: "flag",
              phaseTitle: "Feature flag",
            },
            ...{ parallel: null, timeoutMs: TIMEOUT_MS, retries: 1, changesWorld: true, skippable: false },
            work: { type: "flag", flagKey, on, reason: reason.trim() },
          },
        ],
      })
      const run = { runId: randomUUID(), input, steps: plannedSteps(input.steps) }
      return decideSetFlag(state, { flagKey, title, on, reason, run }, actor)
    },
  )
}
