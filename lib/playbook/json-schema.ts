import { z } from "zod"
import { playbookSchema } from "./schema"

/** The playbook's JSON Schema (2020-12) as editors want it: what a person writes, with what may be left out. */
export function playbookJsonSchema(): string {
  const schema = z.toJSONSchema(playbookSchema, { io: "input" })
  const { $schema, ...rest } = schema
  return `${JSON.stringify({ $schema, title: "Go-live playbook", ...rest }, null, 2)}\n`
}
