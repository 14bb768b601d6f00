import { log } from "@/lib/server/log"

/**
 * A file that somebody brought, to be saved and never shown: whatever is in it, no browser runs it in the console's name.
 * What throws on the way breaks the download off.
 */
export function downloadResponse(file: {
  name: string
  sha256: string
  sizeBytes: number
  bytes: AsyncIterable<Uint8Array>
}): Response {
  return new Response(streamOf(file.bytes), {
    headers: {
      "content-disposition": attachment(file.name),
      "content-type": "application/octet-stream",
      "content-length": String(file.sizeBytes),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      etag: `"${file.sha256}"`,
    },
  })
}

/** `Content-Disposition` (RFC 6266): the name in UTF-8, and for old programs one in ASCII. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/gu, "_")
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** The reader's pull asks for the next piece, so that a slow reader holds back the source and nobody's memory. */
function streamOf(bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next()
          if (next.done) controller.close()
          else controller.enqueue(next.value)
        } catch (error) {
          log.error({ err: error }, "a download broke off")
          controller.error(error)
        }
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
