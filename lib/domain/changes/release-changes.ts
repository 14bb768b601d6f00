import { z } from "zod"
import { classifyMigration, type MigrationVerdict } from "./classify-migration"

const version = z.object({ version: z.string(), commit: z.string().nullable() })

export const releaseChangesSchema = z.object({
  from: version.nullable().describe("What is live, or was before this release. Null: nothing known."),
  to: version,
  comparison: z
    .object({
      straight: z.boolean().describe("Whether everything that is live is in the release, too."),
      onlyInFrom: z.number().int().describe("Commits that are live and not in the release."),
      commitCount: z.number().int(),
      commits: z
        .array(
          z.object({
            hash: z.string(),
            subject: z.string(),
            author: z.string(),
            authoredAt: z.string().describe("ISO 8601."),
            coAuthors: z.array(z.string()),
            url: z.string().nullable(),
          }),
        )
        .describe("The newest first, at most 500."),
      authors: z.array(z.object({ name: z.string(), commits: z.number().int() })),
      fileCount: z.number().int(),
      folders: z
        .array(z.object({ path: z.string(), files: z.number().int() }))
        .describe("By first folder, most first."),
      migrations: z.array(
        z.object({
          path: z.string(),
          change: z.enum(["added", "changed", "removed"]),
          safe: z.boolean(),
          why: z.string().nullable().describe("Why the version before may not work after it."),
        }),
      ),
      url: z.string().nullable().describe("The comparison at the repository's host."),
    })
    .nullable(),
  codeOnlyRollback: z
    .object({ safe: z.boolean(), words: z.string(), why: z.array(z.string()) })
    .nullable()
    .describe("Whether going back to the version before without touching the database is safe."),
  words: z.string().nullable().describe("Why there is no comparison."),
})
export type ReleaseChanges = z.infer<typeof releaseChangesSchema>
export type Comparison = NonNullable<ReleaseChanges["comparison"]>
export type ChangedMigration = Comparison["migrations"][number]

/** A migration file between two versions, judged. `text` is what it holds in the newer one; null where it is gone there. */
export function judgeMigration(
  path: string,
  change: ChangedMigration["change"],
  text: string | null,
): ChangedMigration {
  const verdict = verdictOf(path, change, text)
  return { path, change, safe: verdict.safe, why: verdict.safe ? null : verdict.why }
}

function verdictOf(path: string, change: ChangedMigration["change"], text: string | null): MigrationVerdict {
  if (change === "removed" || text === null) return { safe: false, why: "it was there before and is not any more" }
  if (change === "changed") return { safe: false, why: "it was changed after it was live" }
  return classifyMigration(path, text)
}

/** What a person needs to know before going back by code alone. */
export function codeOnlyRollback(comparison: Pick<Comparison, "migrations" | "straight" | "onlyInFrom">) {
  const { migrations } = comparison
  const why = migrations.filter(({ safe }) => !safe).map(({ path, why: reason }) => `${path}: ${reason}`)
  if (why.length > 0) {
    return {
      safe: false,
      words: `A code-only rollback is not safe, because of ${count(why.length, "migration")}.`,
      why,
    }
  }
  const words =
    migrations.length === 0
      ? "A code-only rollback is safe as far as the database goes: no migration is new."
      : `A code-only rollback is safe as far as the database goes: ${count(migrations.length, "new migration")}, and ${migrations.length === 1 ? "it only adds" : "all of them only add"}.`
  return { safe: true, words, why }
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`
}
