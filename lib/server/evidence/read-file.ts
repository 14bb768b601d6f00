import type { Context } from "@/lib/server/access/context"
import { log } from "@/lib/server/log"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result, refused } from "@/lib/server/result"
import { openEvidenceFile } from "./files/evidence-files"
import { verifiedBytes } from "./files/verified-stream"
import { filesOf, findEvidence } from "./find-evidence"

export interface EvidenceDownload {
  name: string
  sha256: string
  sizeBytes: number
  /** Throws before its end where the bytes are not what was brought. */
  bytes: AsyncIterable<Uint8Array>
}

/** The file of a piece of evidence of this release; that of another release is not found here. */
export async function readEvidenceFile(
  ctx: Context,
  releaseId: string,
  evidenceId: string,
): Promise<Result<EvidenceDownload>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const [block] = filesOf((await findEvidence(releaseId, evidenceId))?.blocks)
  if (!block) return refused("not_found", "This release has no such file.")
  const { name, sha256 } = block
  const file = await openEvidenceFile(sha256)
  if (!file) {
    log.error({ evidenceId, sha256 }, "a file of evidence is gone")
    return refused("not_found", "The file is not where it was kept any more.")
  }
  return done({ name, sha256, sizeBytes: file.sizeBytes, bytes: verifiedBytes(file.stream, sha256) })
}
