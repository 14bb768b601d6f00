import type { Folds } from "@/lib/domain/release/fold"
import { actorName } from "@/lib/domain/timeline/actor-name"

export const foldReport: Folds<"report"> = {
  "report.saved": (state, { actor, at, data }) => ({
    ...state,
    reports: { ...state.reports, [data.reportId]: { ...data, by: actorName(actor), at } },
  }),
}
