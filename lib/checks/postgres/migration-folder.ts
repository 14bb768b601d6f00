import { readdir, realpath, stat } from "node:fs/promises"
import { isAbsolute, join, relative, resolve, sep } from "node:path"
import { short } from "../answer"
import type { CheckPorts } from "../ports"
import { printable } from "../printable"
import type { MigrationsConfig } from "./definition"

/** The names of the migrations in a folder of the checkout, sorted. Rejects with an Error in words. */
export async function readMigrationFolder(
  { directory, table, pattern }: MigrationsConfig,
  checkout: string,
  { match }: Pick<CheckPorts, "match">,
): Promise<string[]> {
  const folder = await folderOf(directory, checkout)
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."))
  const names: string[] = []
  for (const entry of entries) {
    const name = table === undefined ? await prismaName(folder, entry) : recordedName(entry.name, pattern, match)
    if (name !== null) names.push(printable(name))
  }
  if (names.length === 0) throw new Error(`The folder "${short(directory, 80)}" of the checkout holds no migration`)
  return [...new Set(names)].sort()
}

/** To Prisma a migration is a folder with this file in it; what lies beside them is none. */
async function prismaName(folder: string, entry: { name: string; isDirectory(): boolean }): Promise<string | null> {
  if (!entry.isDirectory()) return null
  const script = await stat(join(folder, entry.name, "migration.sql")).catch(() => null)
  return script ? entry.name : null
}

function recordedName(name: string, pattern: string | undefined, match: CheckPorts["match"]): string | null {
  if (pattern === undefined) return name
  const found = match(pattern, name)
  if ("error" in found) throw new Error(`\`pattern\`: ${found.error}`)
  return found.excerpt || null
}

async function folderOf(directory: string, checkout: string): Promise<string> {
  const named = short(directory, 80)
  const root = await realpath(checkout)
  const found = directory.includes("\0") ? null : await realpath(resolve(root, directory)).catch(() => null)
  if (found === null) throw new Error(`There is no folder "${named}" in the checkout`)
  const way = relative(root, found)
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new Error(`"${named}" leads out of the checkout`)
  }
  if (!(await stat(found)).isDirectory()) throw new Error(`"${named}" of the checkout is no folder`)
  return found
}
