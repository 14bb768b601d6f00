import { z } from "zod"

/** Brackets in brackets and star after star take long on long names, and nobody needs them. */
const MOST_STARS = 12
const MOST_BRACES = 5

const filePattern = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => !text.includes("..") && !/[\0\r\n]/.test(text), "must not hold `..` or line breaks")
  .refine((text) => !/^[!/\\-]/.test(text), "must be relative, and not begin with an exclamation mark or a dash")
  .refine((text) => count(text, /\*/g) <= MOST_STARS && count(text, /[{(]/g) <= MOST_BRACES, "is too complicated")

function count(text: string, of: RegExp): number {
  return text.match(of)?.length ?? 0
}

export const filePatterns = z
  .array(filePattern)
  .min(1)
  .max(100)
  .describe("Paths inside the checkout, with `*`, `**` and `{a,b}`.")
