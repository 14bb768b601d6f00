import { createHash } from "node:crypto"
import { once } from "node:events"
import { Readable } from "node:stream"
import { ZipFile } from "yazl"

/** A file of an archive. Its bytes are read once, to their end, before the next file is asked for. */
export interface BundleFile {
  /** With slashes, without a root. */
  path: string
  bytes: Uint8Array | AsyncIterable<Uint8Array>
  /** What is compressed already gains nothing. */
  compress?: boolean
}

export const BUNDLE_FORMAT = "golive/evidence-bundle/1"

/**
 * An archive as it comes into being, never whole in memory. `last` is asked for its files at the end, with the SHA-256 of
 * every file before: a list of them cannot name itself. Throws, and so breaks the download off, where a source does.
 */
export async function* writeZip(
  files: AsyncIterable<BundleFile>,
  last: (sums: ReadonlyMap<string, string>) => BundleFile[],
  mtime: Date,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const gone = new AbortController()
  const failed = once(zip, "error", { signal: gone.signal }).then(([error]: unknown[]) => {
    throw error
  })
  const sums = new Map<string, string>()
  const add = (file: BundleFile) => addFile(zip, file, { mtime, signal: gone.signal })

  async function write(): Promise<void> {
    for await (const file of files) sums.set(file.path, await add(file))
    for (const file of last(sums)) await add(file)
    zip.end()
  }
  const written = Promise.race([write(), failed])
  written.catch((error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    for await (const piece of output) yield piece as Uint8Array
  } finally {
    gone.abort()
    output.destroy()
    await Promise.allSettled([written, failed])
  }
}

/** Adds one file and answers with its SHA-256 once the archive has taken all of it. */
async function addFile(
  zip: ZipFile,
  { path, bytes, compress = true }: BundleFile,
  { mtime, signal }: { mtime: Date; signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted()
  const hash = createHash("sha256")
  async function* hashed() {
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      hash.update(piece)
      yield piece
    }
  }
  const stream = Readable.from(hashed(), { objectMode: false, highWaterMark: 256 * 1024 })
  const leave = () => stream.destroy()
  signal.addEventListener("abort", leave, { once: true })
  try {
    const ended = once(stream, "close")
    zip.addReadStream(stream, path, { mtime, mode: 0o100644, compress })
    await ended
  } finally {
    signal.removeEventListener("abort", leave)
  }
  signal.throwIfAborted()
  return hash.digest("hex")
}
