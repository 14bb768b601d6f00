import type { Context } from "@/lib/server/access/context"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { findEvidence } from "./find-evidence"
import { isIntact } from "./is-intact"

export interface EvidenceAnswer {
  id: string
  releaseId: string
  subject: string
  kind: string
  blocks: unknown
  sha256: string
  resultHash: string
  createdAt: string
  /** Whether what is kept still has the hash that the timeline names; of files, every byte. */
  intact: boolean
}

/** One piece of evidence of this release; that of another release is not found here. */
export async function readEvidence(
  ctx: Context,
  releaseId: string,
  evidenceId: string,
): Promise<Result<EvidenceAnswer>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const row = await findEvidence(releaseId, evidenceId)
  if (!row) return refused("not_found", "This release has no such evidence.")
  const { id, subject, kind, blocks, sha256, resultHash, createdAt } = row
  return done({
    ...{ id, releaseId, subject, kind, blocks, sha256, resultHash },
    createdAt: createdAt.toISOString(),
    intact: await isIntact(row),
  })
}
