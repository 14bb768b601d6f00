import type { z } from "zod"
import type { Action } from "@/lib/domain/access/policy"

export interface Endpoint {
  method: "get" | "post" | "put" | "patch" | "delete"
  /** Below `/api/v1`. */
  path: string
  /** The right it takes. Null: open to everybody, or to everybody who is signed in (`signedIn`). */
  action: Action | null
  signedIn?: boolean
  /** Beside `signedIn`: a person has to be at the keyboard, tokens are refused. */
  personOnly?: boolean
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  /** The body is a file and no JSON. */
  uploads?: boolean
  status?: 200 | 201 | 202
  response: z.ZodType
  contentType?: string
}
