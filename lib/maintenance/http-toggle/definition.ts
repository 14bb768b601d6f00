import { z } from "zod"
import type { MaintenanceDefinition } from "../contract"

const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/), z.string().max(8_000))

export const httpToggleConfigSchema = z.strictObject({
  url: z.string().min(1).max(4_000).describe("Where maintenance mode is turned on and off."),
  method: z.enum(["PUT", "POST", "PATCH"]).default("PUT"),
  headers: headers.optional(),
  onBody: z.json().optional().describe("Default `{ on: true, message }`. `{{message}}` stands for the message."),
  offBody: z.json().optional().describe("Default `{ on: false }`."),
  stateUrl: z.string().min(1).max(4_000).optional().describe("Answers `{ on, message }`. Default: the same address."),
  timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
})
export type HttpToggleConfig = z.infer<typeof httpToggleConfigSchema>

export const definition: MaintenanceDefinition<HttpToggleConfig> = {
  kind: "http-toggle",
  title: "HTTP switch",
  summary: "Turns maintenance mode on and off with a request, and asks afterwards whether it is so.",
  configSchema: httpToggleConfigSchema,
  examples: [
    {
      title: "A switch beside the service",
      config: { url: "http://127.0.0.1:4010/maintenance", headers: { Authorization: "Bearer token" } },
    },
  ],
}
