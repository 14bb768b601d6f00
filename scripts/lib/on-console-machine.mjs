import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { requireNode } from "./install.mjs"

/**
 * Makes this process see what the console on this machine sees: its settings, its database, its keys. The console may run on.
 * Ends the process with a sentence where nothing is installed or no console runs.
 */
export async function onConsoleMachine() {
  requireNode()
  const root = fileURLToPath(new URL("../..", import.meta.url))
  process.chdir(root)
  if (!existsSync("node_modules/tsx")) end("Nothing is installed yet. Run npm start first.")
  if (existsSync(".env")) process.loadEnvFile(".env")

  const { register } = await import("tsx/esm/api")
  register()
  const { postgresDirectory } = await import("../../lib/server/embedded/data-directory.ts")
  const { findRunningPostgres } = await import("../../lib/server/embedded/find-running.ts")
  const { readSecrets } = await import("../supervisor/data-folder.ts")

  const dataDirectory = resolve(root, process.env.GOLIVE_DATA_DIR || ".golive")
  process.env.GOLIVE_DATA_DIR = dataDirectory
  if (!process.env.DATABASE_URL) {
    const { directory } = await postgresDirectory(dataDirectory)
    const url = await findRunningPostgres(directory, "golive")
    if (!url) end(`No console runs on ${dataDirectory}. Start it with npm start, or set DATABASE_URL.`)
    process.env.DATABASE_URL = url
    process.env.GOLIVE_EMBEDDED = "1"
  }
  for (const [name, value] of Object.entries(readSecrets(dataDirectory))) process.env[name] ??= value
  process.env.LOG_LEVEL ??= "warn"
}

function end(words) {
  console.error(words)
  process.exit(1)
}
