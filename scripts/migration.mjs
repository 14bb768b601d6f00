// node scripts/migration.mjs <name>: writes the SQL that leads from the existing migrations to prisma/schema.
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { register } from "tsx/esm/api"

register()
const { startPostgres } = await import("../lib/server/embedded/start-postgres.ts")
const { postgresDirectory } = await import("../lib/server/embedded/data-directory.ts")
const { createMigration } = await import("../lib/server/migrate/create-migration.ts")

const root = fileURLToPath(new URL("..", import.meta.url))
const name = process.argv[2] ?? ""
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    "Say what the migration does, in small letters and underscores: node scripts/migration.mjs add_share_links",
  )
  process.exit(1)
}

const scratch = await mkdtemp(join(tmpdir(), "golive-migration-"))
const { directory } = await postgresDirectory(scratch)
const server = await startPostgres({ dataDirectory: directory, durable: false })
try {
  const path = await createMigration({
    name,
    schemaDirectory: join(root, "prisma/schema"),
    migrationsDirectory: join(root, "prisma/migrations"),
    connectionString: server.url("postgres"),
    now: new Date(),
  })
  console.log(path ? `Wrote ${relative(root, path)}` : "The migrations already lead to this schema; nothing written.")
} finally {
  await server.stop()
  await rm(scratch, { recursive: true, force: true })
}
