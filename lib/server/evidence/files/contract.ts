import type { Refusal } from "@/lib/domain/release/decision"
import type { Result } from "@/lib/server/result"

export interface StoredFile {
  sha256: string
  sizeBytes: number
}

export interface FileLimits {
  maxBytes: number
  /** What the sender said: nothing is read of a file that says itself that it is too large. */
  announcedBytes: number | null
  /** Looks at the first bytes (at most `HEAD_BYTES`, all of a shorter file) before the rest is read. */
  inspect?: (head: Uint8Array) => Promise<Refusal | null>
}

export interface OpenFile {
  stream: AsyncIterable<Uint8Array>
  sizeBytes: number
}

/**
 * Where files of evidence are kept: by the hash of their bytes, each once, for ever. A file that did not come in whole
 * leaves nothing behind. Neither half holds a file in memory.
 */
export interface EvidenceFiles {
  /** Refusals: too_large, invalid (`file`, `contentType`), bad_request (it broke off). What is in the way here is thrown. */
  put(body: ReadableStream<Uint8Array>, limits: FileLimits, signal: AbortSignal): Promise<Result<StoredFile>>
  /** Null: it is not there (any more). The bytes are not compared with the hash here. */
  open(sha256: string): Promise<OpenFile | null>
}

/** What recognising a type takes. */
export const HEAD_BYTES = 4_096
