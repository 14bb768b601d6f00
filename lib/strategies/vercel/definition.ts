import { z } from "zod"
import type { StrategyDefinition } from "../contract"

const id = z.string().min(1).max(200)
const repository = z.union([
  z.strictObject({ type: z.literal("github"), repoId: z.union([z.number().int(), id]) }),
  z.strictObject({ type: z.literal("github"), org: id, repo: id }),
  z.strictObject({ type: z.literal("gitlab"), projectId: z.union([z.number().int(), id]) }),
  z.strictObject({ type: z.literal("bitbucket"), owner: id, slug: id }),
])

export const vercelConfigSchema = z.strictObject({
  token: z.string().min(1).describe("An access token: `{{secret.VERCEL_TOKEN}}`."),
  projectId: id.describe("The project's id (`prj_…`) or name."),
  teamId: id.optional().describe("The team that the project belongs to (`team_…`); left out: the token's own account."),
  gitSource: repository.describe(
    'The repository as Vercel knows it: `{ "type": "github", "org": "acme", "repo": "shop" }`, by `repoId`, or GitLab (`projectId`) or Bitbucket (`owner`, `slug`).',
  ),
  domain: z
    .string()
    .min(1)
    .optional()
    .describe("The domain that users open; what it leads to is live. Left out: the host of the environment's address."),
  apiUrl: z.url({ protocol: /^https?$/ }).default("https://api.vercel.com"),
  pollMs: z.number().int().min(10).max(60_000).default(3_000),
  buildTimeoutMs: z.number().int().min(1_000).max(7_200_000).default(1_800_000),
  liveTimeoutMs: z.number().int().min(1_000).max(3_600_000).default(300_000),
})
export type VercelConfig = z.infer<typeof vercelConfigSchema>

export const definition: StrategyDefinition<VercelConfig> = {
  kind: "vercel",
  title: "Vercel",
  summary:
    "Creates a production deployment of the release's commit, follows its build, promotes it, and waits until the domain leads to it. A project that assigns its domains by itself goes live when the build ends; better turn that off.",
  configSchema: vercelConfigSchema,
  capabilities: ["promote_previous", "logs"],
}
