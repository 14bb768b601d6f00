import { patchFollowupRequest } from "@/lib/contracts/api/requests"
import { decideFollowup, type FollowupChange } from "@/lib/domain/followup/decide-followup"
import type { Context } from "@/lib/server/access/context"
import { findAssignee } from "@/lib/server/people/find-assignee"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Gives a follow-up to somebody, ticks or unticks it: all that the body names, or nothing. */
export function patchFollowup(ctx: Context, releaseId: string, key: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "followup.edit", schema: patchFollowupRequest, body },
    async (hand, { assigneeId, ...input }, { actor }) => {
      const change: FollowupChange = input
      if (assigneeId !== undefined) {
        const assignee = await findAssignee(hand.tx, assigneeId)
        if (assignee && "code" in assignee) return { ok: false, refusal: assignee }
        change.assignee = assignee
      }
      return decideFollowup(hand.state, key, change, actor)
    },
  )
}
