import type { Endpoint } from "./endpoint"
import * as insights from "./insights"
import * as reports from "./reports"
import * as responses from "./responses"

const release = "/releases/{id}"
const changed = { response: responses.changedSchema } as const

/** What can be asked about reports, and figures across releases. */
export const reportEndpoints: readonly Endpoint[] = [
  {
    method: "get",
    path: `${release}/report`,
    action: "release.read",
    summary: "The release report: as it was saved last, else a draft; as JSON, Markdown or PDF",
    query: reports.reportQuery,
    response: reports.reportSchema,
  },
  {
    method: "put",
    path: `${release}/report`,
    action: "report.edit",
    summary: "Save the release report as somebody wrote it",
    body: reports.saveReportRequest,
    ...changed,
  },
  {
    method: "get",
    path: `${release}/report/revisions`,
    action: "release.read",
    summary: "Every revision of it that was saved",
    response: reports.reportRevisionsSchema,
  },
  {
    method: "get",
    path: `${release}/incidents/{incidentId}/report`,
    action: "release.read",
    summary: "The report of an incident: as it was saved last, else a draft; as JSON, Markdown or PDF",
    query: reports.reportQuery,
    response: reports.reportSchema,
  },
  {
    method: "put",
    path: `${release}/incidents/{incidentId}/report`,
    action: "report.edit",
    summary: "Save the report of an incident as somebody wrote it",
    body: reports.saveReportRequest,
    ...changed,
  },
  {
    method: "get",
    path: `${release}/incidents/{incidentId}/report/revisions`,
    action: "release.read",
    summary: "Every revision of it that was saved",
    response: reports.reportRevisionsSchema,
  },
  {
    method: "post",
    path: `${release}/incidents/{incidentId}/followups`,
    action: "followup.edit",
    summary: "Write down what is changed so that it does not happen again, with who sees to it",
    body: reports.addIncidentActionRequest,
    status: 201,
    ...changed,
  },
  {
    method: "get",
    path: "/insights",
    action: "insights.read",
    summary:
      "Figures across releases: frequency, lead time, failures, restoring, sign-offs, checks; beside the span before",
    query: insights.insightsQuery,
    response: insights.insightsSchema,
  },
]
