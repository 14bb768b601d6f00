import type { z } from "zod"
import type { Problem } from "./contract"

const STATUS: Record<Problem["code"], { status: number; title: string }> = {
  invalid: { status: 422, title: "The request is not valid" },
  unauthorised: { status: 401, title: "A valid bearer token is needed" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "The current state does not allow this" },
  too_large: { status: 413, title: "The body is too large" },
  internal: { status: 500, title: "The host failed" },
}

/** A refusal that the admin API answers as problem JSON. */
export class HostProblem extends Error {
  readonly problem: Problem

  constructor(code: Problem["code"], detail: string, errors?: Problem["errors"]) {
    super(detail)
    this.name = "HostProblem"
    this.problem = { code, ...STATUS[code], detail, ...(errors ? { errors } : {}) }
  }
}

/** Names each field that does not fit, as `env.PORT` or `command[0]`. */
export function invalidBody(error: z.ZodError): HostProblem {
  const errors = error.issues.flatMap((issue) => {
    const path = fieldName(issue.path)
    if (issue.code !== "unrecognized_keys") return [{ field: path || "body", message: issue.message }]
    return issue.keys.map((key) => ({ field: path ? `${path}.${key}` : key, message: "is not a known field" }))
  })
  return new HostProblem("invalid", errors.map(({ field, message }) => `${field}: ${message}`).join("; "), errors)
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === "number") return `${name}[${key}]`
    return name ? `${name}.${String(key)}` : String(key)
  }, "")
}
