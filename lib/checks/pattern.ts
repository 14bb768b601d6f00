import { z } from "zod"

/** A regular expression as text. Long ones are refused here; slow ones are stopped when they are used. */
export const checkPattern = z
  .string()
  .min(1)
  .max(500)
  .refine(isPattern, "is no regular expression")
  .describe("A regular expression.")

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}

/** One text or several, each of which must occur. */
export const oneOrMoreTexts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(50)])

export function allTexts(texts: string | string[] | undefined): string[] {
  return texts === undefined ? [] : typeof texts === "string" ? [texts] : texts
}
