import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import type { EvidenceFiles, OpenFile } from "./contract"
import { diskFiles } from "./disk-files"
import { postgresFiles } from "./postgres-files"

const stores: Record<string, EvidenceFiles> = { postgres: postgresFiles, disk: diskFiles }

/** Where new files go. */
export function filesToPut(): EvidenceFiles {
  return env().EVIDENCE_STORE === "disk" ? diskFiles : postgresFiles
}

/** Opens a file wherever it was put at the time. Null: nobody brought it, or its bytes are gone. */
export async function openEvidenceFile(sha256: string): Promise<OpenFile | null> {
  const row = await prisma.evidenceFile.findUnique({ where: { sha256 }, select: { store: true } })
  return row ? ((await stores[row.store]?.open(sha256)) ?? null) : null
}
