import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import type { addIncidentActionRequest, Report, ReportRevisions, saveReportRequest } from "@/lib/contracts/api/reports"
import { request } from "./api"

/** Below `/api/v1`. */
export function reportPath(releaseId: string, reportId: string): string {
  const release = `/releases/${releaseId}`
  return reportId === "release" ? `${release}/report` : `${release}/incidents/${reportId}/report`
}

/** A report as it stands: `revision` is the last saved one, so that a new one is read at once. */
export function reportQuery(releaseId: string, reportId: string, revision: number) {
  return queryOptions({
    queryKey: ["report", releaseId, reportId, revision],
    queryFn: ({ signal }) => request<Report>("GET", reportPath(releaseId, reportId), undefined, signal),
    staleTime: 5_000,
  })
}

/** A draft of this moment; every time that it is opened it is made anew. */
export function freshDraftQuery(releaseId: string, reportId: string, revision: number) {
  return queryOptions({
    queryKey: ["report-draft", releaseId, reportId, revision],
    queryFn: ({ signal }) => request<Report>("GET", `${reportPath(releaseId, reportId)}?draft=1`, undefined, signal),
    staleTime: 0,
    gcTime: 0,
  })
}

export function revisionsQuery(releaseId: string, reportId: string, revision: number) {
  return queryOptions({
    queryKey: ["report-revisions", releaseId, reportId, revision],
    queryFn: ({ signal }) =>
      request<ReportRevisions>("GET", `${reportPath(releaseId, reportId)}/revisions`, undefined, signal),
    enabled: revision > 0,
  })
}

export const reportMutations = {
  save: (path: string, body: z.input<typeof saveReportRequest>) => request("PUT", path, body),
  addAction: (releaseId: string, incidentId: string, body: z.input<typeof addIncidentActionRequest>) =>
    request("POST", `/releases/${releaseId}/incidents/${incidentId}/followups`, body),
}
