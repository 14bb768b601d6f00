import { type EvidenceBlock, evidenceBlocksSchema } from "@/lib/contracts/evidence"
import { prisma } from "@/lib/server/db"
import { isUuid } from "@/lib/server/releases/find-release"
import type { Evidence } from "@/prisma/generated/client/client"

/** Evidence of this release; that of another release is not found here. */
export async function findEvidence(releaseId: string, evidenceId: string): Promise<Evidence | null> {
  return isUuid(evidenceId) ? prisma.evidence.findFirst({ where: { id: evidenceId, releaseId } }) : null
}

export type FileBlock = Extract<EvidenceBlock, { type: "file" }>

/** The files that evidence consists of. */
export function filesOf(blocks: unknown): FileBlock[] {
  const parsed = evidenceBlocksSchema.safeParse(blocks)
  return parsed.success ? parsed.data.filter((block) => block.type === "file") : []
}
