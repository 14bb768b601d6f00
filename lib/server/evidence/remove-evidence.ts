import { removeEvidenceRequest } from "@/lib/contracts/api/requests"
import { decideEvidenceRemoved } from "@/lib/domain/checklist/decide-evidence"
import { refuse } from "@/lib/domain/release/decision"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import { isUuid } from "@/lib/server/releases/find-release"
import type { Result } from "@/lib/server/result"

/** Takes away what was brought beside an item's proof. It stays kept and on the timeline; it is not shown as proof. */
export function removeEvidence(
  ctx: Context,
  { releaseId, itemKey, evidenceId }: { releaseId: string; itemKey: string; evidenceId: string },
  body: unknown,
): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "evidence.remove", schema: removeEvidenceRequest, body },
    async ({ tx, state }, input, { actor }) => {
      const where = { id: evidenceId, releaseId, subject: itemKey }
      const isHere = isUuid(evidenceId) && (await tx.evidence.findFirst({ where, select: { id: true } })) !== null
      if (!isHere) return refuse("not_found", "This item has no such evidence.")
      return decideEvidenceRemoved(state, { itemKey, evidenceId, reason: input?.reason ?? null }, actor)
    },
  )
}
