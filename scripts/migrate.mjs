// node scripts/migrate.mjs: brings the database in DATABASE_URL up to date, for servers that do not use npm start.
// Also runs the seed, which on an empty server makes the one-time link for the first account.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { register } from "tsx/esm/api"

const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
const connectionString = process.env.DATABASE_URL
if (!connectionString) {
  console.error("Set DATABASE_URL to the database that is to be migrated.")
  process.exit(1)
}
register()
const { applyMigrations } = await import("../lib/server/migrate/apply-migrations.ts")
const { runOnce } = await import("./supervisor/run-once.ts")

try {
  const applied = await applyMigrations({ connectionString, directory: join(root, "prisma/migrations") })
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}` : "The database is up to date.")
  await runOnce({
    what: "The seed",
    args: ["--import", "tsx", "prisma/seed/main.ts"],
    cwd: root,
    env: process.env,
    signal: new AbortController().signal,
  })
} catch (error) {
  // Connection failures to a name with several addresses come as one error without words of its own.
  console.error(error.message || error.errors?.map((each) => each.message).join("; ") || String(error))
  process.exit(1)
}
const link = await readFile(join(process.env.GOLIVE_DATA_DIR || ".golive", "setup-link.txt"), "utf8").catch(() => "")
if (link.trim()) console.log(`Make the first account here, once:\n${link.trim()}`)
