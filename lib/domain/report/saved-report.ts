import type { EventData } from "@/lib/domain/timeline/event-types"

/** The last revision of a report that somebody saved. */
export type SavedReport = EventData<"report.saved"> & { by: string; at: string }
