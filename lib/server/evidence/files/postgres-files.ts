import { randomUUID } from "node:crypto"
import { type FileHandle, open, unlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { databasePool } from "@/lib/server/db"
import { done } from "@/lib/server/result"
import type { EvidenceFiles, StoredFile } from "./contract"
import { receiveFile } from "./receive-file"
import { recordFile } from "./record-file"

const CHUNK_BYTES = 256 * 1024

/** Keeps files in the database, in pieces: nothing to set up, and in every backup of it. */
export const postgresFiles: EvidenceFiles = {
  async put(body, limits, signal) {
    // First to a file here: a sender who is slow must not hold a connection to the database all the while.
    const spool = await openNameless()
    try {
      const received = await receiveFile(body, spool, limits, signal)
      if (!received.ok) return received
      await recordFile(received.value, "postgres", (query) => insertChunks(query, received.value, spool))
      return done(received.value)
    } finally {
      await spool.close()
    }
  },

  async open(sha256) {
    const { rows } = await databasePool().query<{ sizeBytes: number }>(
      `SELECT "sizeBytes" FROM "EvidenceFile" WHERE sha256 = $1 AND store = 'postgres'`,
      [sha256],
    )
    const [row] = rows
    return row ? { sizeBytes: row.sizeBytes, stream: readChunks(sha256) } : null
  },
}

/** A file without a name: it goes with its handle, even if this process is killed. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `golive-upload-${randomUUID()}`)
  const file = await open(path, "wx+", 0o600)
  await unlink(path)
  return file
}

async function insertChunks(
  query: (text: string, values: unknown[]) => Promise<unknown>,
  { sha256, sizeBytes }: StoredFile,
  spool: FileHandle,
): Promise<void> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let n = 0; n * CHUNK_BYTES < sizeBytes; n++) {
    const from = n * CHUNK_BYTES
    let length = 0
    const wanted = Math.min(CHUNK_BYTES, sizeBytes - from)
    while (length < wanted) {
      const { bytesRead } = await spool.read(chunk, length, wanted - length, from + length)
      if (bytesRead === 0) throw new Error("the spooled file is shorter than what was received")
      length += bytesRead
    }
    await query(`INSERT INTO "EvidenceFileChunk" (sha256, n, bytes) VALUES ($1, $2, $3)`, [
      sha256,
      n,
      chunk.subarray(0, length),
    ])
  }
}

async function* readChunks(sha256: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const { rows } = await databasePool().query<{ bytes: Buffer }>(
      `SELECT bytes FROM "EvidenceFileChunk" WHERE sha256 = $1 AND n = $2`,
      [sha256, n],
    )
    const [row] = rows
    if (!row) return
    yield row.bytes
  }
}
