import type { SavedRevision } from "@/lib/contracts/api/reports"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Db } from "@/lib/server/db"

export const REPORT_EVIDENCE = "report"

/** The revisions of a report that the timeline knows, oldest first. */
export function revisionsOf(reportId: string, events: readonly AnyTimelineEvent[]): SavedRevision[] {
  return events.flatMap((event) => {
    if (event.type !== "report.saved" || event.data.reportId !== reportId) return []
    const { revision, evidenceId, sha256 } = event.data
    return [{ revision, by: actorName(event.actor), at: event.at, evidenceId, sha256, seq: event.seq }]
  })
}

/** What stands in a saved revision. Throws where the evidence that the event names is gone. */
export async function savedText(db: Db, releaseId: string, evidenceId: string): Promise<string> {
  const row = await db.evidence.findFirst({ where: { id: evidenceId, releaseId, kind: REPORT_EVIDENCE } })
  const [block] = Array.isArray(row?.blocks) ? row.blocks : []
  if (block && typeof block === "object" && "text" in block && typeof block.text === "string") return block.text
  throw new Error(`evidence ${evidenceId}, a saved report, is gone`)
}
