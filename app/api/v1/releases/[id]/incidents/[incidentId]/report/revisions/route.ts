import { route } from "@/lib/server/http-api/route"
import { readReportRevisions } from "@/lib/server/report/read-report"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string; incidentId: string }>(({ ctx, params }) =>
  readReportRevisions(ctx, params.id, params.incidentId),
)
