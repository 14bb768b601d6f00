import { z } from "zod"
import type { CheckDefinition } from "../contract"

/** Git takes what begins with a dash for an option. What is filled in later is looked at again when the check runs. */
const notAnOption = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !text.startsWith("-") && !/[\0\r\n]/.test(text), "must not begin with a dash or hold line breaks")

const signer = z
  .string()
  .max(2_000)
  .refine((line) => !/[\0\r\n]/.test(line), "must be one line")

export const gitConfigSchema = z.strictObject({
  repository: notAnOption.describe("A folder on this machine or an address that git understands."),
  ref: notAnOption.optional().describe("A branch, tag or commit. Left out: what is checked out."),
  expect: z
    .strictObject({
      clean: z.boolean().optional().describe("No file of the working folder is changed or unknown to git."),
      branch: notAnOption.optional().describe("The ref is part of this branch; without a ref: it is checked out."),
      pushed: z.boolean().optional().describe("The ref is part of a branch of the remote `origin`, as it is now."),
      behind: z
        .number()
        .int()
        .min(0)
        .max(1_000_000)
        .optional()
        .describe(
          "So many commits at most are missing from the branch as the remote `origin` has it now. The branch is `branch`, or the ref where that is one, or what is checked out.",
        ),
      refExists: z.boolean().optional().describe("The ref exists in the repository; `false`: it does not."),
      tagged: z.boolean().optional().describe("A tag points to the commit."),
      signed: z.boolean().optional().describe("The commit is signed, and the signature is one that git trusts."),
    })
    .refine((expect) => Object.values(expect).some((value) => value !== undefined), "must expect something")
    .describe("At least one of these."),
  signers: z
    .array(signer)
    .max(200)
    .optional()
    .describe(
      "Whose SSH signatures are trusted, as in a file of allowed signers: `ann@example.com ssh-ed25519 AAAA…`. Left out: those whom git on the worker trusts.",
    ),
})
export type GitConfig = z.infer<typeof gitConfigSchema>

/** The one or the other sentence; none where nothing is expected. */
const either = (wanted: boolean | undefined, yes: string, no: string) =>
  wanted === undefined ? [] : [wanted ? yes : no]

export const definition: CheckDefinition<GitConfig> = {
  kind: "git",
  title: "Git repository",
  summary: "Looks whether a ref exists, is part of a branch, pushed and up to date, and whether the folder is clean.",
  configSchema: gitConfigSchema,
  describe: ({ repository, ref, expect: { clean, branch, pushed, behind, refExists, tagged, signed } }) => [
    `looks at ${ref ?? "what is checked out"} in ${repository}`,
    ...either(refExists, "it exists", "it does not exist"),
    ...(branch ? [ref ? `it is part of the branch ${branch}` : `the branch ${branch} is checked out`] : []),
    ...either(pushed, "it is pushed to origin", "it is not pushed to origin"),
    ...(behind === undefined ? [] : [sayBehind(behind)]),
    ...either(tagged, "a tag points to it", "no tag points to it"),
    ...either(signed, "it has a signature that is trusted", "it has no signature that is trusted"),
    ...either(clean, "no file in the working folder is changed", "files in the working folder are changed"),
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
    {
      title: "Nobody has pushed to main since",
      config: { repository: "{{env.repository}}", ref: "{{release.ref}}", expect: { branch: "main", behind: 0 } },
    },
    {
      title: "What is released has a tag and a signature",
      config: {
        repository: "{{env.repository}}",
        ref: "{{release.ref}}",
        expect: { tagged: true, signed: true },
        signers: ["ann@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG5vdCBhIGtleSBvZiBhbnlib2R5IGF0IGFsbCE="],
      },
    },
  ],
}

function sayBehind(most: number): string {
  if (most === 0) return "nothing of the branch at origin is missing from it"
  return `at most ${most} ${most === 1 ? "commit" : "commits"} of the branch at origin ${most === 1 ? "is" : "are"} missing from it`
}
