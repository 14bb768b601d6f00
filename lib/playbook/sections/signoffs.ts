import { z } from "zod"
import { signoffRoleSchema } from "@/lib/domain/access/roles"
import { duration } from "@/lib/playbook/duration"
import { key, words } from "./text"

const MEANING_NAMES = ["name", "title", "release", "version", "environment"]

/** The statement that is signed, with `{name}`, `{title}`, `{release}`, `{version}` and `{environment}` to fill in. */
const meaning = words(1_000)
  .refine((text) => text.includes("{name}"), "must name the signer with {name}")
  .refine(
    (text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, name]) => MEANING_NAMES.includes(name ?? "")),
    `may hold only ${MEANING_NAMES.map((name) => `{${name}}`).join(", ")}`,
  )

export const signoffsSchema = z.strictObject({
  policy: z.strictObject({
    distinctPeople: z.boolean().describe("One person may not sign two roles."),
    authorMaySign: z.boolean().describe("Whether the person who created the release may sign."),
    starterMaySign: z.boolean().describe("Whether a person who signed may also start the deployment."),
    order: z
      .enum(["parallel", "sequence"])
      .default("parallel")
      .describe("In `sequence` a role signs after those that stand before it."),
    expires: duration.optional().describe("How long a signature stands. Left out: until something changes."),
  }),
  roles: z
    .array(
      z.strictObject({
        role: signoffRoleSchema,
        title: words(),
        meaning: meaning.describe(
          "What the signature says, with {name}, {title}, {release}, {version}, {environment}.",
        ),
        items: z
          .array(z.strictObject({ key, title: words() }))
          .min(1)
          .max(50),
        quorum: z.number().int().min(1).max(10).default(1).describe("How many people must sign for the role."),
      }),
    )
    .min(1)
    .max(4),
})
