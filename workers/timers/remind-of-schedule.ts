import { z } from "zod"
import { plannedSchedule } from "@/lib/domain/schedule/decide-begin"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { pendingSigners } from "@/lib/server/schedule/pending-signers"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"

const dataSchema = z.object({ mark: z.string() })
const CONSOLE: Actor = { type: "console", reason: "a go-live is near" }

/** Tells people that the go-live is near, and those who have not signed that they are waited for. */
export const remindOfSchedule: TimerHandler = {
  async decide({ tx, state, now }, timer) {
    const schedule = plannedSchedule(state, timer.subject)
    if (!schedule) return { ok: true, events: [] }
    const { mark } = dataSchema.parse(timer.data)
    const events: NewEvent[] = [{ type: "schedule.reminded", actor: CONSOLE, data: { scheduleId: schedule.id, mark } }]
    const { roles, to } = await pendingSigners(tx, state, now.getTime())
    if (roles.length > 0) events.push({ type: "signoff.reminded", actor: CONSOLE, data: { roles, to } })
    return { ok: true, events }
  },
}
