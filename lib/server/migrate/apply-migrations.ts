import pg from "pg"
import { readMigrations } from "./read-migrations"
import { withSchemaEngine } from "./schema-engine"

/** Any constant will do; this one is "golv" in ASCII. */
const LOCK_KEY = 0x676f6c76

/**
 * Brings a database up to the migrations in `directory` and answers with the names of those that were applied now.
 * Several processes may call it at once: one applies, the others wait and find nothing to do.
 * Throws with the engine's words if a migration fails; Postgres undoes the whole of a failed migration file.
 */
export async function applyMigrations(input: { connectionString: string; directory: string }): Promise<string[]> {
  const migrationsList = await readMigrations(input.directory)
  const lock = new pg.Client({ connectionString: input.connectionString })
  await lock.connect()
  try {
    // A session lock: the server lets go of it by itself if this process dies.
    await lock.query("SELECT pg_advisory_lock($1)", [LOCK_KEY])
    const wanted = migrationsList.migrationDirectories.map((directory) => directory.path)
    if (await alreadyApplied(lock, wanted)) return []
    return await withSchemaEngine({ connectionString: input.connectionString }, async (engine) => {
      const output = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      })
      return output.appliedMigrationNames
    })
  } finally {
    await lock.end()
  }
}

/** Spares a start that has nothing to migrate the time to load the engine. */
async function alreadyApplied(client: pg.Client, wanted: string[]): Promise<boolean> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name")
  if (table.rows[0].name === null) return false
  const { rows } = await client.query<{ migration_name: string; finished: boolean }>(
    "SELECT migration_name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  )
  // An unfinished row is a failed migration: the engine explains that better than this function could.
  if (rows.some((row) => !row.finished)) return false
  const applied = new Set(rows.map((row) => row.migration_name))
  return wanted.every((name) => applied.has(name))
}
