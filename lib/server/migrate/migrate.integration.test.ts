import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { ensureDatabase } from "@/lib/server/embedded/ensure-database"
import { applyMigrations } from "./apply-migrations"
import { createMigration } from "./create-migration"

const adminUrl = inject("databaseAdminUrl")
const directory = join(inject("runDirectory"), "migrate")
const schemaDirectory = join(directory, "schema")
const migrationsDirectory = join(directory, "migrations")

const SCHEMA = `datasource db {
  provider = "postgresql"
}
model Note {
  id   Int    @id
  text String
}
`

const FUNCTION = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'no; never';
END;
$$;
CREATE TRIGGER note_is_final BEFORE DELETE ON "Note" FOR EACH ROW EXECUTE FUNCTION refuse();
`

beforeAll(async () => {
  await mkdir(schemaDirectory, { recursive: true })
  await writeFile(join(schemaDirectory, "note.prisma"), SCHEMA)
})

async function emptyDatabase(name: string): Promise<string> {
  await ensureDatabase({ adminUrl, name })
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}

function create(name: string, now: string): Promise<string | null> {
  const connectionString = adminUrl
  return createMigration({ name, schemaDirectory, migrationsDirectory, connectionString, now: new Date(now) })
}

async function handWritten(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsDirectory, name), { recursive: true })
  await writeFile(join(migrationsDirectory, name, "migration.sql"), sql)
}

describe("from a schema to a database", () => {
  test("the first migration is written in Prisma's layout", async () => {
    const path = await create("init", "2026-01-02T03:04:05Z")
    expect(path).toBe(join(migrationsDirectory, "20260102030405_init/migration.sql"))
    expect(await readFile(path ?? "", "utf8")).toContain('CREATE TABLE "Note"')
    expect(await readdir(migrationsDirectory)).toContain("migration_lock.toml")
  })

  test("an unchanged schema asks for nothing", async () => {
    expect(await create("nothing", "2026-01-03T00:00:00Z")).toBeNull()
  })

  test("a changed schema asks for the difference, and functions written by hand do not disturb it", async () => {
    await handWritten("20260103000000_final_notes", FUNCTION)
    await writeFile(join(schemaDirectory, "note.prisma"), SCHEMA.replace("text String", "text String\n  at DateTime?"))
    const path = await create("note_time", "2026-01-04T00:00:00Z")
    const sql = await readFile(path ?? "", "utf8")
    expect(sql).toContain('ALTER TABLE "Note" ADD COLUMN')
    expect(sql).not.toContain("CREATE TABLE")
  })

  test("several processes apply at once: each migration is applied by one of them", async () => {
    const url = await emptyDatabase("migrate_race")
    const apply = () => applyMigrations({ connectionString: url, directory: migrationsDirectory })
    const applied = await Promise.all([apply(), apply(), apply()])
    expect(applied.flat().length).toBe(3)
    expect(applied.filter((names) => names.length === 0)).toHaveLength(2)
    await query(url, `INSERT INTO "Note" VALUES (1, 'kept')`)
    await expect(query(url, `DELETE FROM "Note"`)).rejects.toThrow("no; never")
  })

  test("a migration that fails leaves nothing of itself behind and is named", async () => {
    const url = await emptyDatabase("migrate_failure")
    await handWritten("20260105000000_broken", `CREATE TABLE half (n int);\nCREATE TABLE half (n int);\n`)
    const apply = () => applyMigrations({ connectionString: url, directory: migrationsDirectory })
    await expect(apply()).rejects.toThrow(/"?half"? already exists/)
    const { rows } = await query(url, "SELECT to_regclass('half') AS name")
    expect(rows[0].name).toBeNull()
    await expect(apply()).rejects.toThrow(/20260105000000_broken/)
  })
})
