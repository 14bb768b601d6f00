import { z } from "zod"
import type { ForgeDefinition } from "../contract"

const name = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/, "is no name on GitHub")

export const githubConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://api.github.com")
    .describe("The API; GitHub Enterprise has its own."),
  owner: name,
  repository: name,
  token: z.string().min(1).describe("May write deployments: `{{secret.GITHUB_TOKEN}}`."),
})
export type GithubConfig = z.infer<typeof githubConfigSchema>

export const definition: ForgeDefinition<GithubConfig> = {
  kind: "github",
  title: "GitHub",
  summary:
    "Shows each deployment and rollback on the repository's Deployments page, with its state and a link to the release.",
  configSchema: githubConfigSchema,
  examples: [
    { title: "A repository", config: { owner: "acme", repository: "shop", token: "{{secret.GITHUB_TOKEN}}" } },
  ],
}
