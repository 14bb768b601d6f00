import { createHash } from "node:crypto"
import type { FileHandle } from "node:fs/promises"
import { type Result, refused } from "@/lib/server/result"
import { type FileLimits, HEAD_BYTES, type StoredFile } from "./contract"

const WRITE_BYTES = 256 * 1024

/**
 * Writes what comes in to a file of nobody's yet, counting and hashing. What is refused is not read any further, and not
 * cancelled either: that would cut the connection before the refusal is heard.
 */
export async function receiveFile(
  body: ReadableStream<Uint8Array>,
  file: FileHandle,
  limits: FileLimits,
  signal: AbortSignal,
): Promise<Result<StoredFile>> {
  if (limits.announcedBytes !== null && limits.announcedBytes > limits.maxBytes) return tooLarge(limits)
  const hash = createHash("sha256")
  const reader = body.getReader()
  let head: Buffer | null = Buffer.alloc(0)
  let sizeBytes = 0
  // Gathered, so that somebody who sends byte by byte does not cost a write for each.
  let pieces: Uint8Array[] = []
  let gatheredBytes = 0
  async function write(): Promise<void> {
    const bytes = Buffer.concat(pieces)
    pieces = []
    gatheredBytes = 0
    hash.update(bytes)
    await writeAll(file, bytes)
  }
  for (;;) {
    const chunk = await nextChunk(reader, signal)
    if (chunk === "broken") return brokenOff
    sizeBytes += chunk?.length ?? 0
    if (sizeBytes > limits.maxBytes) return tooLarge(limits)
    if (!chunk && sizeBytes === 0) return refused("invalid", "The file is empty.", { field: "file" })
    if (head) {
      if (chunk) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      if (!chunk || head.length === HEAD_BYTES) {
        const refusal = await limits.inspect?.(head)
        if (refusal) return { ok: false, refusal }
        head = null
      }
    }
    if (!chunk) break
    pieces.push(chunk)
    gatheredBytes += chunk.length
    if (gatheredBytes >= WRITE_BYTES) await write()
  }
  await write()
  if (limits.announcedBytes !== null && limits.announcedBytes !== sizeBytes) return brokenOff
  return { ok: true, value: { sha256: hash.digest("hex"), sizeBytes } }
}

const brokenOff = refused("bad_request", "The upload broke off before its end.")

function tooLarge({ maxBytes }: FileLimits) {
  const message = `A file may have at most ${maxBytes.toLocaleString("en")} bytes.`
  return refused("too_large", message, { field: "file", detail: { maxBytes } })
}

/** Null at the end. */
async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): Promise<Uint8Array | null | "broken"> {
  let stop: () => void = () => undefined
  const aborted = new Promise<"broken">((resolve) => {
    stop = () => resolve("broken")
    signal.addEventListener("abort", stop, { once: true })
    if (signal.aborted) stop()
  })
  try {
    const next = await Promise.race([reader.read(), aborted])
    if (next !== "broken") return next.done ? null : next.value
    // Nobody is there any more to hear anything.
    void reader.cancel().catch(() => undefined)
    return "broken"
  } catch {
    return "broken"
  } finally {
    signal.removeEventListener("abort", stop)
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, from, chunk.length - from)
    from += bytesWritten
  }
}
