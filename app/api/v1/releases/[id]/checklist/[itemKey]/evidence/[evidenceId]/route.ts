import { removeEvidence } from "@/lib/server/evidence/remove-evidence"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string; itemKey: string; evidenceId: string }>(
  ({ ctx, params: { id, itemKey, evidenceId }, body }) =>
    removeEvidence(ctx, { releaseId: id, itemKey, evidenceId }, body),
)
