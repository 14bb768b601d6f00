import { z } from "zod"
import type { StrategyDefinition } from "../contract"

const argv = z.array(z.string().min(1).max(4_096)).min(1).max(64)

export const localConfigSchema = z.strictObject({
  adminUrl: z.url({ protocol: /^https?$/ }).describe("Address of the local host's admin API."),
  adminToken: z.string().min(1).optional().describe("Bearer token of the admin API."),
  directory: z.string().min(1).optional().describe("Where checkouts and builds are kept; left out: the work folder."),
  build: argv.default(["npm", "run", "build"]).describe("Program and arguments that build a checkout, in its folder."),
  start: argv.default(["node", "dist/server.js"]).describe("Program and arguments that serve; `PORT` says where."),
  healthPath: z
    .string()
    .startsWith("/")
    .default("/health")
    .describe("Must answer 200, and with the version where it names one."),
  env: z.record(z.string(), z.string()).default({}).describe("Environment of the application."),
  buildEnv: z.record(z.string(), z.string()).default({}).describe("Environment of the build."),
  buildTimeoutMs: z.number().int().min(1_000).max(3_600_000).default(600_000),
  healthTimeoutMs: z.number().int().min(1_000).max(600_000).default(60_000),
})
export type LocalConfig = z.infer<typeof localConfigSchema>

export const definition: StrategyDefinition<LocalConfig> = {
  kind: "local",
  title: "Processes on this machine",
  summary:
    "Checks out the commit, builds it in a folder of its own, starts it beside the running version, waits until it is healthy and switches the local host's proxy to it. The replaced version stays warm, so that going back is one switch.",
  configSchema: localConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
