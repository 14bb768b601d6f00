import { createHash } from "node:crypto"

export interface IncomingBody {
  stream: ReadableStream<Uint8Array>
  /** Whether all of it was read. */
  ended(): boolean
  /** Of all that was read. */
  sha256(): string
}

/** The body of an upload, read only as fast as its reader asks, and hashed as it goes. */
export function incomingBody(request: Request): IncomingBody {
  const reader = request.body?.getReader()
  const hash = createHash("sha256")
  let ended = reader === undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await reader?.read()
        if (!next || next.done) {
          ended = true
          controller.close()
          return
        }
        hash.update(next.value)
        controller.enqueue(next.value)
      },
      async cancel(reason) {
        await reader?.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, ended: () => ended, sha256: () => hash.copy().digest("hex") }
}

/** Reads the rest, to know its hash. Null: it is larger than `maxBytes`. */
export async function hashWhole({ stream, sha256 }: IncomingBody, maxBytes: number): Promise<string | null> {
  let sizeBytes = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return sha256()
    sizeBytes += value.length
    if (sizeBytes > maxBytes) return null
  }
}
