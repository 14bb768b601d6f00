import { route } from "@/lib/server/http-api/route"
import { readReport } from "@/lib/server/report/read-report"
import { reportResponse } from "@/lib/server/report/report-response"
import { saveReport } from "@/lib/server/report/save-report"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string; incidentId: string }>(async ({ ctx, params, query }) =>
  reportResponse(await readReport(ctx, params.id, params.incidentId, query)),
)

export const PUT = route<{ id: string; incidentId: string }>(({ ctx, params, body }) =>
  saveReport(ctx, params.id, params.incidentId, body),
)
