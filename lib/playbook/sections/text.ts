import { z } from "zod"

const direction = /[\u202a-\u202e\u2066-\u2069]/

/** Words for people, of 1 to `max` characters: no NUL, no lone surrogate, nothing that turns the direction of text. */
export const words = (max = 400) =>
  z
    .string()
    .max(max)
    .regex(/\S/, "must not be empty")
    .refine((text) => !text.includes("\u0000"), "must not contain NUL")
    .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
    .refine((text) => !direction.test(text), "must not contain bidirectional control characters")

/** The name of a part inside the file: kebab or snake case. */
export const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, "must be lower-case letters, digits, - and _, at most 80")

/** Lines as they are typed into a shell or sent, shown to people; nothing here is run. */
export const commandLines = z.array(words(2_000)).max(50)
