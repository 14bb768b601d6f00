import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"

/** The report of the release, or of the incident with this id. */
export const RELEASE_REPORT = "release"

export interface ReportToSave {
  reportId: string
  /** The revision that the writer saw; 0: none was saved yet. */
  revision: number
  evidence: { id: string; sha256: string }
}

/** May this be saved? Asked before what is written is kept. */
export function refusalToSave(
  state: ReleaseState,
  { reportId, revision }: Omit<ReportToSave, "evidence">,
): Extract<Decision, { ok: false }> | null {
  if (reportId !== RELEASE_REPORT && !own(state.incidents, reportId)) {
    return refuse("not_found", "This release has no such incident.")
  }
  const current = own(state.reports, reportId)
  if (revision === (current?.revision ?? 0)) return null
  if (!current) return refuse("stale", "No such revision was saved.", { field: "revision" })
  return refuse("stale", `${current.by} saved revision ${current.revision} meanwhile.`, { field: "revision" })
}

/** A person keeps a report as they wrote it: a new revision. Also after the release is closed, that is when most are written. */
export function decideReport(state: ReleaseState, report: ReportToSave, actor: Actor): Decision {
  const { reportId, revision, evidence } = report
  const refusal = refusalToSave(state, report)
  if (refusal) return refusal
  const kind = reportId === RELEASE_REPORT ? "release" : "incident"
  const data = { reportId, kind, revision: revision + 1, evidenceId: evidence.id, sha256: evidence.sha256 } as const
  return { ok: true, events: [{ type: "report.saved", actor, data }] }
}
