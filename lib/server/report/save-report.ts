import { saveReportRequest } from "@/lib/contracts/api/reports"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideReport, refusalToSave } from "@/lib/domain/report/decide-report"
import type { Context } from "@/lib/server/access/context"
import type { Tx } from "@/lib/server/db"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { REPORT_EVIDENCE, savedText } from "./saved-text"

/** Keeps a report as a person wrote it. Who saw another revision than the last is told what stands there now. */
export function saveReport(ctx: Context, releaseId: string, reportId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "report.edit", schema: saveReportRequest, body },
    async ({ tx, state, now }, { revision, markdown }, { actor }) => {
      const text = markdown.replace(/\r\n?/g, "\n")
      const refusal = refusalToSave(state, { reportId, revision })
      const current = await currentOf(tx, state, reportId)
      if (refusal) return { ...refusal, refusal: { ...refusal.refusal, detail: { current } } }
      if (current?.markdown === text) return { ok: true, events: [] }
      const evidence = await storeEvidence(tx, {
        releaseId,
        subject: `report/${reportId}`,
        kind: REPORT_EVIDENCE,
        blocks: [{ type: "text", title: "Report", text }],
        at: now,
      })
      return decideReport(state, { reportId, revision, evidence }, actor)
    },
  )
}

async function currentOf(tx: Tx, state: ReleaseState, reportId: string) {
  const saved = own(state.reports, reportId)
  if (!saved) return null
  const { revision, by, at, evidenceId } = saved
  return { revision, by, at, markdown: await savedText(tx, state.id, evidenceId) }
}
