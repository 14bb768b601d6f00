import { z } from "zod"
import type { ChannelDefinition } from "../contract"

export const browserConfigSchema = z.strictObject({})

export const definition: ChannelDefinition<z.infer<typeof browserConfigSchema>> = {
  kind: "browser",
  title: "In the console",
  summary:
    "Shows messages in the console’s own pages: to those whom they are for, else to everybody who has a role for the service.",
  configSchema: browserConfigSchema,
  secretFields: [],
  examples: [{ title: "For everybody", config: {} }],
}
