import { type Report, type ReportRevisions, reportQuery } from "@/lib/contracts/api/reports"
import { reportInMarkdown } from "@/lib/domain/report/report-in-markdown"
import type { Context } from "@/lib/server/access/context"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { asOf, draftReport, readingsOf, readToldRelease } from "./draft-report"
import { revisionsOf, savedText } from "./saved-text"

export interface ReportAnswer {
  report: Report
  format: "json" | "md" | "pdf"
  /** For the file that it is saved to, without its ending. */
  name: string
}

const noSuchReport = refused("not_found", "This release has no such incident.")

/** A report as it was saved last, or drafted afresh where nobody has saved one, or that is asked for. */
export async function readReport(
  ctx: Context,
  releaseId: string,
  reportId: string,
  query: Record<string, string>,
): Promise<Result<ReportAnswer>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(reportQuery, query)
  if (!input.ok) return input
  const { format, draft, revision } = input.value
  const release = await readToldRelease(releaseId)
  const readings = await readingsOf(reportId, release)
  const model = draftReport(reportId, release, readings)
  if (!model) return noSuchReport
  const revisions = revisionsOf(reportId, release.events)
  const saved = revisions.at(-1) ?? null
  const shown = draft ? null : revision ? revisions.find((one) => one.revision === revision) : saved
  if (shown === undefined) return refused("not_found", `No revision ${revision} was saved.`)
  const markdown = shown ? await savedText(prisma, releaseId, shown.evidenceId) : reportInMarkdown(model)
  const then = saved && !shown ? asOf(release, saved.seq) : null
  const before = then && draftReport(reportId, then, readings)
  const savedBy = shown && release.events.find(({ seq }) => seq === shown.seq)
  const { key } = release.state.service
  return done({
    format,
    name: `${model.kind}-report-${key}-${release.state.version}${shown ? `-r${shown.revision}` : ""}`.replace(
      /[^\w.-]/g,
      "_",
    ),
    report: {
      ...{ reportId, kind: model.kind, title: model.title, markdown, textSha256: sha256Hex(markdown) },
      ...{ shown, saved, model },
      head: savedBy ? { seq: savedBy.seq, hash: savedBy.hash } : model.head,
      draftedTo: release.events.at(-1)?.at ?? release.state.updatedAt,
      since: saved && before ? { revision: saved.revision, markdown: reportInMarkdown(before) } : null,
    },
  })
}

/** Every revision that was saved, the newest first. */
export async function readReportRevisions(
  ctx: Context,
  releaseId: string,
  reportId: string,
): Promise<Result<ReportRevisions>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const release = await readToldRelease(releaseId)
  if (!draftReport(reportId, release, [])) return noSuchReport
  return done({ revisions: revisionsOf(reportId, release.events).reverse() })
}
