import { addEvidence } from "@/lib/server/evidence/add-evidence"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; itemKey: string }>(
  ({ ctx, params, body }) => addEvidence(ctx, params.id, params.itemKey, body),
  { status: 201 },
)
