import type { Folds } from "@/lib/domain/release/fold"
import type { ReleaseState, Schedule } from "@/lib/domain/release/state"
import { personRefOf } from "@/lib/domain/timeline/actor-name"

export const foldSchedule: Folds<"schedule"> = {
  "schedule.set": (state, { actor, at, data }) => ({
    ...state,
    schedule: {
      id: data.scheduleId,
      status: "planned",
      startAt: data.startAt,
      preflightAt: data.preflightAt,
      maintenanceAt: data.maintenanceAt,
      by: personRefOf(actor),
      setAt: at,
      held: null,
      reason: null,
    },
  }),
  "schedule.cancelled": (state, { data }) =>
    state.schedule?.id === data.scheduleId ? { ...state, schedule: null } : state,
  "schedule.reminded": (state) => state,
  "schedule.held": (state, { at, data }) => changed(state, data.scheduleId, { held: { at, blockers: data.blockers } }),
  "schedule.begun": (state, { data }) => changed(state, data.scheduleId, { status: "begun", held: null }),
  "schedule.expired": (state, { data }) => changed(state, data.scheduleId, { status: "expired", reason: data.reason }),
}

function changed(state: ReleaseState, scheduleId: string, change: Partial<Schedule>): ReleaseState {
  return state.schedule?.id === scheduleId ? { ...state, schedule: { ...state.schedule, ...change } } : state
}
