import { randomUUID } from "node:crypto"
import { acceptVerificationRequest, endWatchRequest, extendWatchRequest } from "@/lib/contracts/api/requests"
import { decideAccept, decideEndEarly, decideExtend } from "@/lib/domain/verification/decide-steering"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { planWatchAgain } from "./plan-verify-run"
import { scaleWait } from "./scale-rule"

const MINUTE_MS = 60_000
const action = "verification.steer"

/** Watches for so many minutes of the playbook's time longer, or once more where the verdict was inconclusive. */
export function extendWatch(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action, schema: extendWatchRequest, body, lockEnvironment: true },
    ({ state, playbook, environmentConfig }, { minutes, reason }, { actor }) => {
      const byMs = scaleWait(minutes * MINUTE_MS, environmentConfig)
      const again = { runId: randomUUID(), ...planWatchAgain({ playbook, environmentConfig, durationMs: byMs }) }
      return decideExtend(state, { byMs, reason, again }, actor)
    },
  )
}

/** Ends the watch now: the verdict is given on what was measured. */
export function endWatch(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action, schema: endWatchRequest, body },
    ({ state, now }, { reason }, { actor }) => decideEndEarly(state, { reason, nowIso: now.toISOString() }, actor),
  )
}

/** Takes the release as it is, though the verdict was not a pass. */
export function acceptVerification(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action, schema: acceptVerificationRequest, body },
    ({ state }, { reason }, { actor }) => decideAccept(state, { reason }, actor),
  )
}
