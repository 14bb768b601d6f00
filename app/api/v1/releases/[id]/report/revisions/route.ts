import { RELEASE_REPORT } from "@/lib/domain/report/decide-report"
import { route } from "@/lib/server/http-api/route"
import { readReportRevisions } from "@/lib/server/report/read-report"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readReportRevisions(ctx, params.id, RELEASE_REPORT))
