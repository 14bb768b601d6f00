import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { sayBytes } from "../measures"
import type { Finding } from "./finding"

const MOST_NAMED = 20

/** What these files weigh as they travel: each gzipped by itself, at the level that servers use for files at rest. */
export function measureSize(files: readonly string[], maxBytes: number): Finding {
  const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(file), { level: 9 }).length }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const passed = total <= maxBytes
  const largest = [...sizes].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_NAMED)
  return {
    outcome: passed ? "passed" : "failed",
    summary: `${sayBytes(total)} gzipped, ${passed ? "within" : "over"} the limit of ${sayBytes(maxBytes)}.`,
    facts: [
      { label: "Size, gzipped", value: `${sayBytes(total)} (${total} bytes)` },
      { label: "Limit", value: sayBytes(maxBytes) },
      { label: "Files", value: String(files.length) },
    ],
    text:
      files.length > 1 ? largest.map(({ file, bytes }) => `${sayBytes(bytes).padStart(10)}  ${file}`).join("\n") : null,
  }
}
