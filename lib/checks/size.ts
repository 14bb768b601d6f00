import { z } from "zod"

const UNIT_BYTES = { B: 1, KB: 1_024, MB: 1_024 ** 2, GB: 1_024 ** 3 } as const
const PATTERN = /^(\d{1,9}(?:\.\d{1,3})?) ?(B|KB|MB|GB)$/

function read(text: string): number | null {
  const [, digits, unit] = PATTERN.exec(text) ?? []
  return digits && unit ? Math.floor(Number(digits) * UNIT_BYTES[unit as keyof typeof UNIT_BYTES]) : null
}

/** `500KB`, `1.5MB`: 1 KB is 1,024 bytes, as tools that watch over budgets of bundles count. Stays text, as it was written. */
export const checkSize = z
  .string()
  .regex(PATTERN, "must be a size such as 500KB or 1.5MB")
  .refine((text) => (read(text) ?? 1) > 0, "must be larger than zero")
  .describe("A size such as `500KB` or `1.5MB`. 1 KB is 1,024 bytes.")

/** A text that `checkSize` let through, in bytes. */
export function checkSizeBytes(text: string): number {
  const bytes = read(text)
  if (bytes === null) throw new RangeError(`"${text}" is no size`)
  return bytes
}

/** For people: `812 B`, `499.9 KB`, `1.2 MB`. Rounded up, so that what is over a limit never reads as if it were not. */
export function saySize(bytes: number): string {
  const rounded = (unit: number) => Math.ceil((bytes / unit) * 10) / 10
  if (bytes < UNIT_BYTES.KB) return `${bytes} B`
  if (bytes < UNIT_BYTES.MB) return `${rounded(UNIT_BYTES.KB)} KB`
  if (bytes < UNIT_BYTES.GB) return `${rounded(UNIT_BYTES.MB)} MB`
  return `${rounded(UNIT_BYTES.GB)} GB`
}
