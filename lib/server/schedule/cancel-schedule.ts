import { cancelScheduleRequest } from "@/lib/contracts/api/schedule"
import { decideUnschedule } from "@/lib/domain/schedule/decide-schedule"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

export function cancelSchedule(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "schedule.set", schema: cancelScheduleRequest, body },
    ({ state }, { reason }, { actor }) => decideUnschedule(state, { reason }, actor),
  )
}
