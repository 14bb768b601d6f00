import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { makeRepository } from "@/lib/testing/conformance/make-repository"
import { said, tryCheck } from "@/lib/testing/conformance/try-check"
import { createTestDatabase } from "@/lib/testing/database/create-test-database"
import { stableResult } from "../answer"

const url = process.env.DATABASE_URL ?? ""
const admin = new pg.Client({ connectionString: url })

beforeAll(async () => {
  await admin.connect()
  await admin.query("CREATE TABLE parcels AS SELECT 1 AS n")
})
afterAll(() => admin.end())

describe("migrations", () => {
  const files = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [`db/migrations/${name}/migration.sql`, "SELECT 1;"]))
  const config = { directory: "db/migrations" }

  test("of Prisma: applied, pending, failed, rolled back, unknown", async () => {
    const database = await createTestDatabase()
    const repository = await makeRepository({
      ...files("1_init", "2_parcels", "3_labels"),
      "db/migrations/migration_lock.toml": "",
      "db/migrations/notes/readme.md": "",
    })
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const check = (more: object = {}) =>
      tryCheck(
        "postgres",
        { url: database.url, migrations: { ...config, ...more } },
        {
          ...{ repository: repository.directory, commit: repository.first },
        },
      )
    const record = (name: string, finished: boolean, rolledBack = false) =>
      client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, rolled_back_at, applied_steps_count)
         VALUES (gen_random_uuid(), '', $1, now(), CASE WHEN $2 THEN now() END, CASE WHEN $3 THEN now() END, 1)`,
        [name, finished, rolledBack],
      )
    try {
      await client.query("TRUNCATE _prisma_migrations")
      expect(said(await check())).toEqual([
        "bad Pending: none / 1_init, 2_parcels, 3_labels",
        "ok Failed: none / none",
        "ok Not in the checkout: none / none",
      ])
      await record("1_init", true)
      await record("2_parcels", false, true)
      await record("3_labels", false)
      await record("9_elsewhere", true)
      const bad = await check()
      expect(said(bad)).toEqual([
        "bad Pending: none / 2_parcels",
        "bad Failed: none / 3_labels",
        "bad Not in the checkout: none / 9_elsewhere",
      ])
      expect(bad.blocks).toContainEqual({
        ...{ type: "table", title: "Migrations", columns: ["Migration", "State"] },
        rows: [
          ["3_labels", "failed"],
          ["2_parcels", "pending"],
          ["9_elsewhere", "not in the checkout"],
          ["1_init", "applied"],
        ],
        verdicts: ["bad", "bad", "bad", "good"],
      })
      await record("2_parcels", true)
      await client.query("UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '3_labels'")
      expect((await check()).outcome).toBe("failed")
      const good = await check({ allowUnknown: true })
      expect(good).toMatchObject({
        outcome: "passed",
        summary: "All 3 migrations of db/migrations are applied",
        leftBehind: [],
      })
      expect(stableResult(await check({ allowUnknown: true }))).toEqual(stableResult(good))
      await client.query("DROP TABLE _prisma_migrations")
      expect(said(await check())[0]).toBe(
        "bad Pending: none / 1_init, 2_parcels, 3_labels, there is no table _prisma_migrations",
      )
    } finally {
      await client.end()
      await repository.remove()
      await database.drop()
    }
  })

  test("of another tool: files, a part of their names, a schema", async () => {
    const repository = await makeRepository({
      ...{ "db/001_init.sql": "", "db/002_parcels.sql": "", "db/readme.md": "", "empty/.gitkeep": "" },
    })
    await admin.query('CREATE SCHEMA "odd.schema"; CREATE TABLE "schema_migrations" (version text)')
    await admin.query("INSERT INTO schema_migrations VALUES ('001')")
    const check = (migrations: object) =>
      tryCheck(
        "postgres",
        { url, migrations: { directory: "db", ...migrations } },
        {
          ...{ repository: repository.directory, commit: repository.first },
        },
      )
    const generic = { table: "public.schema_migrations", column: "version", pattern: "^[0-9]+" }
    try {
      expect(said(await check(generic))).toEqual([
        ...["bad Pending: none / 002", "ok Failed: none / none", "ok Not in the checkout: none / none"],
      ])
      await admin.query("INSERT INTO schema_migrations VALUES ('002')")
      expect(await check(generic)).toMatchObject({ outcome: "passed" })
      expect(said(await check({ ...generic, pattern: undefined }))[0]).toBe(
        "bad Pending: none / 001_init.sql, 002_parcels.sql, readme.md",
      )
      for (const [settings, words] of [
        [{ directory: "nowhere" }, 'no folder "nowhere"'],
        [{ directory: "../.." }, "leads out"],
        [{ directory: "/etc" }, "leads out"],
        [{ directory: "empty" }, "holds no migration"],
        [{ directory: "db/readme.md" }, "is no folder"],
        [{ ...generic, table: 'x"; DROP TABLE parcels; --.y.z' }, "is neither"],
        [{ ...generic, pattern: "(x+x+)+y" }, "holds no migration"],
      ] as const) {
        expect(await check(settings), words).toMatchObject({
          outcome: "errored",
          summary: expect.stringContaining(words),
        })
      }
      const injected = await check({ ...generic, table: 'x"; DROP TABLE parcels; --' })
      expect(said(injected)[0]).toContain("there is no table")
      expect((await admin.query("SELECT n FROM parcels")).rowCount).toBe(1)
      expect(said(await check({ ...generic, column: 'version" FROM parcels --' }))[0]).toContain("does not exist")
    } finally {
      await repository.remove()
    }
  })
})
