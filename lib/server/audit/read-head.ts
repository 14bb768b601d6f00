import type { AuditHead } from "@/lib/contracts/api/audit"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"

/** Where a release's timeline stands: kept elsewhere, it shows later whether the timeline still leads through it. */
export async function readHead(ctx: Context, releaseId: string): Promise<Result<AuditHead>> {
  const found = await accessRelease(ctx, "audit.verify", releaseId)
  if (!found.ok) return found
  const { lastSeq, headHash, updatedAt } = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { lastSeq: true, headHash: true, updatedAt: true },
  })
  const last = await prisma.event.findUnique({
    where: { releaseId_seq: { releaseId, seq: lastSeq } },
    select: { at: true },
  })
  return done({ releaseId, seq: lastSeq, hash: headHash, at: (last?.at ?? updatedAt).toISOString() })
}
