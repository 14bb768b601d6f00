import { addEvidenceRequest } from "@/lib/contracts/api/requests"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { type BroughtEvidence, bringEvidence } from "./bring-evidence"
import { broughtBlocks, broughtKind, broughtResult } from "./brought-content"

/** Brings text, a link or another system's result to an item; with an outcome it decides the item. */
export function addEvidence(
  ctx: Context,
  releaseId: string,
  itemKey: string,
  body: unknown,
): Promise<Result<Changed<BroughtEvidence>>> {
  return changeRelease<typeof addEvidenceRequest, BroughtEvidence>(
    ctx,
    { releaseId, action: "evidence.add", schema: addEvidenceRequest, body },
    (hand, input, { actor }) => {
      const kind = broughtKind(input, ctx.tokenScopes !== null)
      const { summary, outcome, at, revision } = input
      const [blocks, result] = [broughtBlocks(input), broughtResult(kind, input)]
      return bringEvidence(hand, { itemKey, kind, summary, blocks, result, outcome, at, revision }, actor)
    },
  )
}
