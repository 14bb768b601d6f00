import { readdir, readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg"

/** Reads a folder in Prisma's layout: `<timestamp>_<name>/migration.sql`, in order of name. A missing folder is empty. */
export async function readMigrations(directory: string): Promise<MigrationList> {
  const baseDir = resolve(directory)
  const names = await migrationNames(baseDir)
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: await readText(join(baseDir, "migration_lock.toml")) },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => {
        const content = await readText(join(baseDir, name, "migration.sql"))
        return {
          path: name,
          migrationFile: {
            path: "migration.sql",
            content:
              content === null
                ? { tag: "error" as const, value: `${name}/migration.sql cannot be read` }
                : { tag: "ok" as const, value: content },
          },
        }
      }),
    ),
  }
}

async function migrationNames(baseDir: string): Promise<string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return []
    throw error
  })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null
    throw error
  })
}
