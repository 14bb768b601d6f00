"use client"
import { Download, FilePenLine, FilePlus2, RotateCw, Undo2 } from "lucide-react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu"
import { Notice } from "@/components/ui/notice"
import { useMay, useRelease, useReleaseConnection } from "@/lib/client/release-context"
import { reportPath } from "@/lib/client/report-query"
import type { Report } from "@/lib/contracts/api/reports"
import type { Mode } from "./mode"
import { RevisionsMenu } from "./revisions-menu"

interface ReportHeadProps {
  report: Report
  fresh: boolean
  onMode(mode: Mode): void
  onAnew(): void
}

/** Which text this is, and what can be done with it. */
export function ReportHead({ report, fresh, onMode, onAnew }: ReportHeadProps) {
  const { releaseId } = useReleaseConnection()
  const lastSeq = useRelease((release) => release.lastSeq)
  const may = useMay("report.edit")
  const { shown, saved, reportId, head } = report
  const file = (format: string) =>
    `/api/v1${reportPath(releaseId, reportId)}?format=${format}${shown ? `&revision=${shown.revision}` : "&draft=1"}`
  const formats = [
    ["pdf", "PDF"],
    ["md", "Markdown"],
    ["json", "JSON"],
  ] as const
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p data-testid="report-standing" className="mr-auto text-ink-2 text-sm">
          <Standing report={report} fresh={fresh} />
        </p>
        {saved ? <RevisionsMenu reportId={reportId} revision={saved.revision} /> : null}
        <Menu
          trigger={
            <Button>
              <Download aria-hidden /> Download
            </Button>
          }
        >
          <MenuLabel>{shown ? `Revision ${shown.revision}` : "This draft"} as</MenuLabel>
          {formats.map(([format, title]) => (
            <MenuItem key={format} asChild>
              <a href={file(format)} download={format === "json" ? `report-${reportId}.json` : true}>
                {title}
              </a>
            </MenuItem>
          ))}
        </Menu>
        {fresh ? (
          <Button onClick={() => onMode({ kind: "read" })}>
            <Undo2 aria-hidden /> Back to what was saved
          </Button>
        ) : saved ? (
          <Button onClick={() => onMode({ kind: "fresh" })}>
            <FilePlus2 aria-hidden /> Fresh draft
          </Button>
        ) : null}
        {may ? (
          <Button tone="primary" onClick={() => onMode({ kind: "edit", from: report })}>
            <FilePenLine aria-hidden /> Edit
          </Button>
        ) : null}
      </div>
      {!shown && !fresh && lastSeq > head.seq ? (
        <Notice
          tone="info"
          live
          actions={
            <Button size="sm" onClick={onAnew}>
              <RotateCw aria-hidden /> Draft anew
            </Button>
          }
        >
          This draft tells of {head.seq} events; the timeline has {lastSeq} by now.
        </Notice>
      ) : null}
    </div>
  )
}

function Standing({ report: { shown, saved, head }, fresh }: { report: Report; fresh: boolean }) {
  const zone = useRelease((release) => release.window.zone)
  if (shown) {
    return (
      <>
        Revision {shown.revision}, saved by {shown.by}, <Instant at={shown.at} zone={zone} />
      </>
    )
  }
  if (fresh && saved) return <>Fresh draft from {head.seq} events. Nothing is saved of it yet.</>
  return <>Draft from {head.seq} events. Nobody has saved it yet.</>
}
