import { z } from "zod"

/**
 * Which check proves something, and how it is set up. The config belongs to the kind and is parsed by it;
 * its texts may hold placeholders such as `{{env.baseUrl}}`, filled in when the check runs.
 */
export const checkBindingSchema = z
  .strictObject({
    kind: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
      .describe("The kind of check, for example `http`, `command`, `git` or `env-file`."),
    config: z.record(z.string(), z.unknown()).describe("Settings of the check; what is allowed depends on the kind."),
  })
  .describe("A check that proves this by itself.")
export type CheckBinding = z.infer<typeof checkBindingSchema>
