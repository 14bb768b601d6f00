import { z } from "zod"
import type { CheckDefinition } from "../contract"

/** Git takes what begins with a dash for an option. What is filled in later is looked at again when the check runs. */
const notAnOption = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !text.startsWith("-") && !/[\0\r\n]/.test(text), "must not begin with a dash or hold line breaks")

export const gitConfigSchema = z.strictObject({
  repository: notAnOption.describe("A folder on this machine or an address that git understands."),
  ref: notAnOption.optional().describe("A branch, tag or commit. Left out: what is checked out."),
  expect: z
    .strictObject({
      clean: z.boolean().optional().describe("No file of the working folder is changed or unknown to git."),
      branch: notAnOption.optional().describe("The ref is part of this branch; without a ref: it is checked out."),
      pushed: z.boolean().optional().describe("The ref is part of a branch of the remote `origin`."),
      refExists: z.boolean().optional(),
    })
    .refine((expect) => Object.values(expect).some((value) => value !== undefined), "must expect something"),
})
export type GitConfig = z.infer<typeof gitConfigSchema>

export const definition: CheckDefinition<GitConfig> = {
  kind: "git",
  title: "Git repository",
  summary: "Looks whether a ref exists, is part of a branch and is pushed, and whether the working folder is clean.",
  configSchema: gitConfigSchema,
  describe: ({ repository, ref, expect }) => [
    `${ref ?? "What is checked out"} in ${repository}`,
    ...(expect.refExists === undefined ? [] : [expect.refExists ? "exists" : "does not exist"]),
    ...(expect.branch ? [`is part of ${expect.branch}`] : []),
    ...(expect.pushed === undefined ? [] : [expect.pushed ? "is pushed" : "is not pushed"]),
    ...(expect.clean === undefined
      ? []
      : [expect.clean ? "the working folder is clean" : "the working folder has changes"]),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 60_000, longestTimeoutMs: 60_000 },
  examples: [
    {
      title: "What is released is on main and pushed",
      config: {
        repository: "{{env.repository}}",
        ref: "{{release.ref}}",
        expect: { clean: true, branch: "main", pushed: true, refExists: true },
      },
    },
  ],
}
