"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Skeleton } from "@/components/ui/skeleton"
import { useRelease, useReleaseConnection } from "@/lib/client/release-context"
import { freshDraftQuery, reportQuery } from "@/lib/client/report-query"
import { IncidentActions } from "./incident-actions"
import { MarkdownView } from "./markdown-view"
import type { Mode } from "./mode"
import { ReportChanges } from "./report-changes"
import { ReportEditor } from "./report-editor"
import { ReportHead } from "./report-head"

/** The report of the release, or of one of its incidents. */
export function ReportPage() {
  const incidents = useRelease((release) => release.incidents)
  const ordered = Object.values(incidents).sort((a, b) => b.number - a.number)
  const [chosen, setChosen] = useState("release")
  return (
    <section aria-labelledby="report-title" className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 id="report-title" className="font-semibold">
          Report
        </h2>
        {ordered.length > 0 ? (
          <SelectField label="Of" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="release">The release</option>
            {ordered.map(({ id, number, title }) => (
              <option key={id} value={id}>
                Incident {number}: {title}
              </option>
            ))}
          </SelectField>
        ) : null}
      </div>
      <OneReport key={chosen} reportId={chosen} />
    </section>
  )
}

function OneReport({ reportId }: { reportId: string }) {
  const { releaseId } = useReleaseConnection()
  const revision = useRelease((release) => release.reports[reportId]?.revision ?? 0)
  const [mode, setMode] = useState<Mode>({ kind: "read" })
  const fresh = mode.kind === "fresh"
  const standing = useQuery(reportQuery(releaseId, reportId, revision))
  const draft = useQuery({ ...freshDraftQuery(releaseId, reportId, revision), enabled: fresh })
  const { data: report, error } = fresh ? draft : standing
  if (mode.kind === "edit") {
    return <ReportEditor from={mode.from} reportId={reportId} onEnd={() => setMode({ kind: "read" })} />
  }
  return (
    <>
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      {report ? (
        <>
          <ReportHead report={report} fresh={fresh} onMode={setMode} onAnew={() => void standing.refetch()} />
          {fresh ? <ReportChanges report={report} /> : null}
          <article
            data-testid="report"
            className="mx-auto w-full max-w-5xl rounded-xl border bg-surface px-4 py-5 sm:px-8 sm:py-7"
          >
            <MarkdownView text={report.markdown} />
          </article>
          {reportId === "release" ? null : <IncidentActions incidentId={reportId} />}
        </>
      ) : error ? null : (
        <div data-waiting className="mx-auto w-full max-w-5xl">
          <Skeleton className="h-96" />
        </div>
      )}
    </>
  )
}
