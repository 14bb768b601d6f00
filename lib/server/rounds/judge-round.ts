import { judgeRoundRequest } from "@/lib/contracts/api/first-days"
import { decideJudge } from "@/lib/domain/round/decide-judge"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** A person says how an item of a round is. */
export function judgeRound(ctx: Context, releaseId: string, roundKey: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "round.judge", schema: judgeRoundRequest, body },
    ({ state, now }, { itemKey, ok, note = null }, { actor }) =>
      decideJudge(state, { roundKey, itemKey, ok, note, nowIso: now.toISOString() }, actor),
  )
}
