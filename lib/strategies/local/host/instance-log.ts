import { open } from "node:fs/promises"

const MAX_READ_BYTES = 1024 * 1024

/** The last `count` lines of a log, at most 1 MB of them; none if there is no log. */
export async function readLastLines(path: string, count: number): Promise<string[]> {
  const file = await open(path, "r").catch(() => null)
  if (!file) return []
  try {
    const { size } = await file.stat()
    const length = Math.min(size, MAX_READ_BYTES)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const lines = buffer.subarray(0, bytesRead).toString("utf8").split("\n")
    // What was cut off at the front is no whole line; what follows the last line end is none.
    if (length < size) lines.shift()
    if (lines.at(-1) === "") lines.pop()
    return lines.slice(-count)
  } finally {
    await file.close()
  }
}
