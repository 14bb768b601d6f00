import { randomUUID } from "node:crypto"
import { hashJson } from "@/lib/server/crypto/sha256"
import { storable } from "@/lib/server/crypto/storable"
import type { Tx } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

export interface StoredEvidence {
  id: string
  /** SHA-256 of all that is kept. */
  sha256: string
  /** SHA-256 of what was found, without times: equal when nothing changed. */
  resultHash: string
}

/**
 * Keeps what was shown to prove something, in the transaction of the event that names it. `subject` is an item's key,
 * `runId/stepKey`, or `signoff/role`; `result` is what was found, without times and durations (left out: the blocks).
 */
export async function storeEvidence(
  tx: Tx,
  input: { releaseId: string; subject: string; kind: string; blocks: readonly unknown[]; result?: unknown; at: Date },
): Promise<StoredEvidence> {
  const { releaseId, subject, kind, at } = input
  const blocks = storable(input.blocks)
  const stored = {
    id: randomUUID(),
    sha256: evidenceHash({ subject, kind, blocks, createdAt: at }),
    resultHash: hashJson(storable(input.result ?? blocks)),
  }
  await tx.evidence.create({
    data: { ...stored, releaseId, subject, kind, blocks: blocks as unknown as Prisma.InputJsonArray, createdAt: at },
    select: { id: true },
  })
  return stored
}

/** What `sha256` covers. */
export function evidenceHash(row: { subject: string; kind: string; blocks: unknown; createdAt: Date }): string {
  const { subject, kind, blocks, createdAt } = row
  return hashJson({ subject, kind, blocks, createdAt: createdAt.toISOString() })
}
