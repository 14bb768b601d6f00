import { canonicalJson } from "@/lib/server/crypto/canonical-json"
import { prisma } from "@/lib/server/db"
import { openEvidenceFile } from "@/lib/server/evidence/files/evidence-files"
import { filesOf } from "@/lib/server/evidence/find-evidence"
import type { BundleFile } from "./write-zip"

/** The evidence with these ids, one at a time, and the bytes of its files, each once, as they are kept. */
export async function* evidenceFiles(releaseId: string, ids: Iterable<string>): AsyncGenerator<BundleFile> {
  const done = new Set<string>()
  for (const id of ids) {
    const row = await prisma.evidence.findFirst({ where: { id, releaseId } })
    if (!row) continue
    const { createdAt, ...rest } = row
    const text = canonicalJson({ ...rest, createdAt: createdAt.toISOString() })
    yield { path: `evidence/${id}.json`, bytes: Buffer.from(text, "utf8") }
    for (const { sha256 } of filesOf(row.blocks)) {
      if (done.has(sha256)) continue
      done.add(sha256)
      const file = await openEvidenceFile(sha256)
      // Not compared with its hash here: a damaged file is handed over too, and named by whoever verifies the bundle.
      if (file) yield { path: `evidence/files/${sha256}`, bytes: file.stream, compress: false }
    }
  }
}
