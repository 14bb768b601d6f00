// npm run audit:verify: recomputes every timeline, from the machine that the console runs on. The console may run on.
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { requireNode } from "./lib/install.mjs"

requireNode()
const root = fileURLToPath(new URL("..", import.meta.url))
process.chdir(root)
if (!existsSync("node_modules/tsx")) {
  console.error("Nothing is installed yet. Run npm start first.")
  process.exit(1)
}
if (existsSync(".env")) process.loadEnvFile(".env")

const { register } = await import("tsx/esm/api")
register()
const { postgresDirectory } = await import("../lib/server/embedded/data-directory.ts")
const { findRunningPostgres } = await import("../lib/server/embedded/find-running.ts")
const { readSecrets } = await import("./supervisor/data-folder.ts")

const dataDirectory = resolve(root, process.env.GOLIVE_DATA_DIR || ".golive")
process.env.GOLIVE_DATA_DIR = dataDirectory
if (!process.env.DATABASE_URL) {
  const { directory } = await postgresDirectory(dataDirectory)
  const url = await findRunningPostgres(directory, "golive")
  if (!url) {
    console.error(`No console runs on ${dataDirectory}. Start it with npm start, or set DATABASE_URL.`)
    process.exit(1)
  }
  process.env.DATABASE_URL = url
}
for (const [name, value] of Object.entries(readSecrets(dataDirectory))) process.env[name] ??= value
process.env.LOG_LEVEL ??= "warn"

await import("../lib/server/audit/verify-all-command.ts")
