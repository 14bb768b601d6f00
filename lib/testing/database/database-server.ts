import { mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { ensureDatabase } from "@/lib/server/embedded/ensure-database"
import { type EmbeddedPostgres, startPostgres } from "@/lib/server/embedded/start-postgres"
import { applyMigrations } from "@/lib/server/migrate/apply-migrations"

const TEMPLATE = "golive_template"

export type DatabaseServer = {
  postgres: EmbeddedPostgres
  /** Leads to the database `postgres`, from which others are made and dropped. */
  adminUrl: string
  stop(): Promise<void>
}

/** A real PostgreSQL in `directory` with one migrated database, from which `cloneDatabase` makes copies. */
export async function startDatabaseServer(directory: string): Promise<DatabaseServer> {
  await mkdir(directory, { recursive: true })
  const postgres = await startPostgres({ dataDirectory: join(directory, "postgres"), durable: false })
  const adminUrl = postgres.url("postgres")
  const stop = async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await ensureDatabase({ adminUrl, name: TEMPLATE })
    await applyMigrations({ connectionString: postgres.url(TEMPLATE), directory: "prisma/migrations" })
    return { postgres, adminUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Makes a database of its own with every table in place and no rows, and answers with its connection string. */
export async function cloneDatabase(adminUrl: string, name: string): Promise<string> {
  await asAdmin(adminUrl, (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${TEMPLATE}`),
  )
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Drops a clone. One that is still in use stays; it goes with the server. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1", [name])
    if (rowCount === 0) await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)}`)
  })
}

async function asAdmin(adminUrl: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
