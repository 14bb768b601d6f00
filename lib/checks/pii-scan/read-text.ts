import { createReadStream } from "node:fs"

const LOOKED_AT_BYTES = 8_000

/**
 * The text of a file, bit by bit; bytes that are no text become U+FFFD. Answers with false, and gives nothing, where the
 * file is binary.
 */
export async function* readText(path: string, signal: AbortSignal): AsyncGenerator<string, boolean> {
  let decoder: TextDecoder | null = null
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024, signal })) {
    const bytes: Buffer = chunk
    if (!decoder) {
      const utf16 = bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe
      if (!utf16 && bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return false
      decoder = new TextDecoder(utf16 ? "utf-16le" : "utf-8")
    }
    yield decoder.decode(bytes, { stream: true })
  }
  if (decoder) yield decoder.decode()
  return true
}
