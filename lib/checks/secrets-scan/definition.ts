import { z } from "zod"
import { short } from "../answer"
import type { CheckDefinition } from "../contract"
import { filePatterns } from "../file-pattern"
import { checkPattern } from "../pattern"
import { checkSize } from "../size"

const allowed = z
  .strictObject({
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{8}$/, "must be a fingerprint such as 1a2b3c4d")
      .optional()
      .describe("As a finding shows it."),
    pattern: checkPattern.optional().describe("A regular expression that what was found must match."),
    reason: z.string().min(3).max(500).describe("Why this is no secret; kept with the result."),
  })
  .refine(
    ({ fingerprint, pattern }) => (fingerprint === undefined) !== (pattern === undefined),
    "must have a `fingerprint` or a `pattern`, not both",
  )

export const secretsScanConfigSchema = z.strictObject({
  files: filePatterns.optional().describe("Left out: every file that git tracks."),
  exclude: filePatterns.optional().describe("Files that are not looked at, such as `test/fixtures/**`."),
  allow: z.array(allowed).max(500).optional().describe("What may be there, each with a reason."),
  largestFile: checkSize.default("1MB").describe("Larger files are skipped and counted. 1 KB is 1,024 bytes."),
  history: z
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe("Also looks at the lines that so many commits before this one added. Left out: only files as they are."),
})
export type SecretsScanConfig = z.infer<typeof secretsScanConfigSchema>

export const definition: CheckDefinition<SecretsScanConfig> = {
  kind: "secrets-scan",
  title: "Secrets in the repository",
  summary: "Looks for keys, tokens and passwords in the files of what is released. What it finds is never shown.",
  configSchema: secretsScanConfigSchema,
  describe: ({ files, exclude, allow = [], largestFile, history }) => [
    `looks for secrets in ${files ? short(files.join(", "), 150) : "every file that git tracks"}`,
    ...(exclude ? [`leaves out ${short(exclude.join(", "), 150)}`] : []),
    `skips binary files and those over ${largestFile}`,
    ...(history ? [`looks at the lines that the last ${history} commits added`] : []),
    ...allow.slice(0, 20).map(({ fingerprint, pattern, reason }) => {
      const what = fingerprint ?? `what matches ${short(pattern ?? "", 80)}`
      return `allows ${what}: ${short(reason, 120)}`
    }),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 5 * 60_000, longestTimeoutMs: 15 * 60_000 },
  examples: [
    { title: "No secrets in what is released", config: {} },
    {
      title: "None in the last 50 commits either",
      config: {
        exclude: ["test/fixtures/**"],
        allow: [{ fingerprint: "1a2b3c4d", reason: "A revoked key, kept as an example in the handbook" }],
        history: 50,
      },
    },
  ],
}
