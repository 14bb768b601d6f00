import type { z } from "zod"
import type { Refusal } from "@/lib/domain/release/decision"

/** Parses what came from outside. A refusal names every field at fault; unknown fields are faults too. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { ok: true; value: z.output<S> } | { ok: false; refusal: Refusal } {
  const answer = schema.safeParse(input)
  if (answer.success) return { ok: true, value: answer.data }
  const errors = answer.error.issues.slice(0, 50).flatMap((issue) => {
    const at = issue.path.map(String)
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ field: [...at, key].join("."), message: "is not a known field" }))
    }
    return [{ field: at.join("."), message: issue.message }]
  })
  const first = errors[0]
  const message = first ? `${first.field || "The body"}: ${first.message}` : "The input is not valid."
  return { ok: false, refusal: { code: "invalid", message, field: first?.field, detail: { errors } } }
}
