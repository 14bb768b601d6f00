import { createHash } from "node:crypto"
import { openEvidenceFile } from "./evidence-files"

/**
 * The bytes of a file, compared with its hash as they go. The last piece is held back until all are known to be right, so
 * that what is damaged never looks like a whole download: it throws instead.
 */
export async function* verifiedBytes(stream: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256")
  let held: Uint8Array | null = null
  for await (const piece of stream) {
    hash.update(piece)
    if (held) yield held
    held = piece
  }
  if (hash.digest("hex") !== sha256) throw new DamagedFile(sha256)
  if (held) yield held
}

export class DamagedFile extends Error {
  constructor(sha256: string) {
    super(`the file ${sha256} is not what it was`)
  }
}

/** Whether the bytes that are kept are those that were brought; reads all of them. */
export async function isFileIntact(sha256: string): Promise<boolean> {
  const file = await openEvidenceFile(sha256)
  if (!file) return false
  try {
    for await (const _ of verifiedBytes(file.stream, sha256));
    return true
  } catch (error) {
    if (error instanceof DamagedFile) return false
    throw error
  }
}
