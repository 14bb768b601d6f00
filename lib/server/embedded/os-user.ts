import { execFile } from "node:child_process"
import { stat } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

export type OsUser = { name: string; uid: number; gid: number }

const NAME = "postgres"

/** PostgreSQL refuses to run as root. Then this is the OS user it runs as, made if need be; otherwise null. */
export async function unprivilegedUser(): Promise<OsUser | null> {
  if (process.getuid?.() !== 0) return null
  const known = await lookUp()
  if (known) return known
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME])
  } catch (cause) {
    throw new Error(
      `PostgreSQL refuses to run as root, and the OS user "${NAME}" could not be made for it. Start as another user, make that user, or set DATABASE_URL.`,
      { cause },
    )
  }
  const made = await lookUp()
  if (!made) throw new Error(`The OS user "${NAME}" was made but cannot be looked up`)
  return made
}

async function lookUp(): Promise<OsUser | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", NAME]), run("id", ["-g", NAME])])
    return { name: NAME, uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

/** Whether the user may pass through every folder on the way to `path`. Folders that do not exist yet are no hindrance. */
export async function canReach(path: string, user: OsUser): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null)
    if (found?.isDirectory() && !mayPass(found, user)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayPass(folder: { mode: number; uid: number; gid: number }, user: OsUser): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}
