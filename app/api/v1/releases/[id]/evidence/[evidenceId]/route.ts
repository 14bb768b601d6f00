import { readEvidence } from "@/lib/server/evidence/read-evidence"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string; evidenceId: string }>(({ ctx, params }) =>
  readEvidence(ctx, params.id, params.evidenceId),
)
