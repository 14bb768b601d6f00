import { randomUUID } from "node:crypto"
import { requestOverrideRequest } from "@/lib/contracts/api/requests"
import { decideRequestOverride } from "@/lib/domain/override/decide-override"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Asks to start outside the window or in the freezes that it names, with a reason; a second person has to approve. */
export function requestOverride(
  ctx: Context,
  releaseId: string,
  body: unknown,
): Promise<Result<Changed<{ overrideId: string }>>> {
  return changeRelease(
    ctx,
    { releaseId, action: "override.request", schema: requestOverrideRequest, body },
    ({ state, environment, now }, { reason, freezeIds = [] }, { actor }) => {
      const overrideId = randomUUID()
      const decision = decideRequestOverride(
        state,
        environment,
        { overrideId, reason, freezeIds, nowIso: now.toISOString() },
        actor,
      )
      return { decision, result: { overrideId } }
    },
  )
}
