import { z } from "zod"
import { humanText } from "./requests"

/** Body of `POST /api/v1/setup`. */
export const setupRequest = z.strictObject({
  token: z.string().min(20).max(200),
  email: z.email().max(320),
  name: humanText(120).min(1),
  password: z.string().min(12, "must have at least 12 characters").max(1_000),
})
