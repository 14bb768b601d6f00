import { join } from "node:path"
import { postgresDirectory } from "../../lib/server/embedded/data-directory"
import { ensureDatabase } from "../../lib/server/embedded/ensure-database"
import { type EmbeddedPostgres, startPostgres } from "../../lib/server/embedded/start-postgres"
import { applyMigrations } from "../../lib/server/migrate/apply-migrations"
import type { Settings } from "./environment"

export const DATABASE = "golive"

/** Starts the embedded server for this data folder and makes its database. `note` says where it lies, if elsewhere. */
export async function startDatabase(
  settings: Settings,
): Promise<{ server: EmbeddedPostgres; url: string; note: string | null }> {
  const { directory, moved } = await postgresDirectory(settings.dataDirectory)
  const server = await startPostgres({ dataDirectory: directory, durable: true })
  await ensureDatabase({ adminUrl: server.url("postgres"), name: DATABASE })
  const note = moved ? `The database lies in ${directory}: its OS user cannot reach ${settings.dataDirectory}.` : null
  return { server, url: server.url(DATABASE), note }
}

export async function migrateDatabase(settings: Settings, url: string): Promise<void> {
  await applyMigrations({ connectionString: url, directory: join(settings.root, "prisma/migrations") })
}
