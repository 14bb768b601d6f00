import { randomUUID } from "node:crypto"
import { setScheduleRequest } from "@/lib/contracts/api/schedule"
import { decideSchedule } from "@/lib/domain/schedule/decide-schedule"
import { durationMs } from "@/lib/playbook/duration"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Sets when a release goes live by itself; an earlier plan makes way. */
export function setSchedule(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "schedule.set", schema: setScheduleRequest, body },
    ({ state, environment, playbook, now }, { startAt }, { actor }) => {
      const { preflightLead, maintenanceLead } = playbook.budgets
      const leads = {
        preflightMs: durationMs(preflightLead) * state.timeScale,
        maintenanceMs: durationMs(maintenanceLead) * state.timeScale,
      }
      return decideSchedule(
        state,
        environment,
        { scheduleId: randomUUID(), startAt, leads, nowIso: now.toISOString() },
        actor,
      )
    },
  )
}
