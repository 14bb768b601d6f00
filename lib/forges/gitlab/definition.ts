import { z } from "zod"
import type { ForgeDefinition } from "../contract"

export const gitlabConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://gitlab.com")
    .describe("The instance."),
  project: z.string().min(1).max(500).describe("Its number, or its path such as `acme/shop`."),
  token: z.string().min(1).describe("Has the scope `api`: `{{secret.GITLAB_TOKEN}}`."),
})
export type GitlabConfig = z.infer<typeof gitlabConfigSchema>

export const definition: ForgeDefinition<GitlabConfig> = {
  kind: "gitlab",
  title: "GitLab",
  summary: "Shows each deployment and rollback on the project's environment page, with its state.",
  configSchema: gitlabConfigSchema,
  examples: [{ title: "A project", config: { project: "acme/shop", token: "{{secret.GITLAB_TOKEN}}" } }],
}
