import type { Evidence } from "@/prisma/generated/client/client"
import { isFileIntact } from "./files/verified-stream"
import { filesOf } from "./find-evidence"
import { evidenceHash } from "./store-evidence"

/** Whether evidence is what was kept: what is shown by its hash, and every byte of its files by theirs. */
export async function isIntact(row: Evidence): Promise<boolean> {
  if (evidenceHash(row) !== row.sha256) return false
  for (const { sha256 } of filesOf(row.blocks)) {
    if (!(await isFileIntact(sha256))) return false
  }
  return true
}
