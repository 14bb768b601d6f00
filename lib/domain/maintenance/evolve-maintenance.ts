import { elapsedMs, type Folds } from "@/lib/domain/release/fold"

export const foldMaintenance: Folds<"maintenance"> = {
  "maintenance.turned_on": (state, { at, data }) => ({
    ...state,
    // Turned on again while on: the downtime goes on from the first time.
    maintenance: { ...state.maintenance, on: true, since: state.maintenance.since ?? at, message: data.message },
  }),
  "maintenance.overdue": (state, { at }) => ({ ...state, maintenance: { ...state.maintenance, overdueAt: at } }),
  "maintenance.turned_off": (state, { at }) => {
    const { since, downtimeMs } = state.maintenance
    return {
      ...state,
      maintenance: {
        on: false,
        since: null,
        message: null,
        overdueAt: null,
        downtimeMs: downtimeMs + (since === null ? 0 : elapsedMs(since, at)),
      },
    }
  },
}
