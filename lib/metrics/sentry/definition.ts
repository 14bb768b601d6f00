import { z } from "zod"
import type { MetricSourceDefinition } from "../contract"

const slug = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, "is no slug or number")

export const sentryConfigSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://sentry.io")
    .describe("Your own Sentry, or a region of theirs."),
  organization: slug,
  projects: z.array(z.number().int().positive()).min(1).max(20).describe("Numbers of projects, as in their addresses."),
  environment: z.string().min(1).max(64).optional().describe("Only what comes from there."),
  authToken: z.string().min(1).describe("Has the scopes `org:read` and `event:read`: `{{secret.SENTRY_TOKEN}}`."),
  release: z
    .string()
    .min(1)
    .max(200)
    .default("{{release.version}}")
    .describe("What Sentry calls the release, such as `postd@{{release.version}}`."),
  intervalMs: z.number().int().min(1_000).max(600_000).default(60_000).describe("From one evaluation to the next."),
  timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
})
export type SentryConfig = z.infer<typeof sentryConfigSchema>

export const definition: MetricSourceDefinition<SentryConfig> = {
  kind: "sentry",
  title: "Sentry",
  summary: "Counts the issues that were first seen in this release, and the sessions of it that did not crash.",
  configSchema: sentryConfigSchema,
  examples: [
    {
      title: "One project",
      config: {
        ...{ organization: "acme", projects: [42], environment: "production" },
        ...{ authToken: "{{secret.SENTRY_TOKEN}}", release: "postd@{{release.version}}" },
      },
    },
  ],
  metrics: () => ["new_issues", "crash_free_rate"],
  intervalMs: ({ intervalMs }) => intervalMs,
}
