import { z } from "zod"
import type { FlagDefinition } from "../contract"

const address = z.url({ protocol: /^https?$/ })
const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/), z.string().max(8_000))

export const httpConfigSchema = z.strictObject({
  url: address.describe("Where the flag is set."),
  method: z.enum(["PUT", "POST", "PATCH"]).default("PUT"),
  headers: headers.optional(),
  onBody: z.json().optional().describe("Default `{ enabled: true, reason }`. `{{reason}}` stands for the reason."),
  offBody: z.json().optional().describe("Default `{ enabled: false, reason }`."),
  stateUrl: address.optional().describe("Where it is asked for. Default: the same address."),
  statePointer: z
    .string()
    .regex(/^(\/[^/]*)*$/, "must be a JSON pointer such as /flags/0/enabled")
    .default("/enabled")
    .describe("Where in the answer it stands (RFC 6901)."),
  onValue: z.json().optional().describe("What stands there while it is on. Default `true`."),
  offValue: z
    .json()
    .optional()
    .describe("What stands there while it is off. Default `false`; with an onValue, everything else."),
  settleMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(3_000)
    .describe("For how long it may still say what was so before, as a service of several copies does."),
})
export type HttpConfig = z.infer<typeof httpConfigSchema>

export const definition: FlagDefinition<HttpConfig> = {
  kind: "http",
  title: "HTTP",
  summary: "Sets a flag with a request, and asks afterwards whether it is so.",
  configSchema: httpConfigSchema,
  examples: [
    {
      title: "A flag of the service's own",
      config: {
        url: "https://shop.acme.io/admin/flags/checkout",
        headers: { Authorization: "Bearer {{secret.FLAGS}}" },
      },
    },
  ],
}
