import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { access, chmod, chown, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import type { OsUser } from "./os-user"

const run = promisify(execFile)

/** The role that owns everything in an embedded server. */
export const ROLE = "golive"

/**
 * Makes a PostgreSQL data folder unless there is one, and answers with the password of its role (null: none is asked for,
 * for short-lived servers on the loopback address). The password lies beside the data folder, readable by its owner alone.
 */
export async function initialiseDataDirectory(input: {
  initdb: string
  dataDirectory: string
  user: OsUser | null
  withPassword: boolean
}): Promise<string | null> {
  const { dataDirectory, user } = input
  const passwordFile = `${dataDirectory}.password`
  if (await exists(join(dataDirectory, "PG_VERSION"))) {
    return input.withPassword ? (await readFile(passwordFile, "utf8")).trim() : null
  }
  await mkdir(dirname(dataDirectory), { recursive: true })
  // Whatever lies here without PG_VERSION is an initialisation that was cut short.
  await rm(dataDirectory, { recursive: true, force: true })
  await mkdir(dataDirectory, { mode: 0o700 })
  if (user) await chown(dataDirectory, user.uid, user.gid)
  const password = input.withPassword ? randomBytes(24).toString("base64url") : null
  if (password) {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    await chmod(passwordFile, 0o600)
  }
  await runInitdb(input, password)
  return password
}

async function runInitdb(
  input: { initdb: string; dataDirectory: string; user: OsUser | null },
  password: string | null,
): Promise<void> {
  const handOver = join(tmpdir(), `golive-initdb-${randomBytes(8).toString("hex")}`)
  const auth = password ? ["--auth=scram-sha-256", `--pwfile=${handOver}`] : ["--auth=trust"]
  try {
    if (password) {
      await writeFile(handOver, `${password}\n`, { mode: 0o600, flag: "wx" })
      if (input.user) await chown(handOver, input.user.uid, input.user.gid)
    }
    await run(
      input.initdb,
      [
        `--pgdata=${input.dataDirectory}`,
        `--username=${ROLE}`,
        "--encoding=UTF8",
        // PostgreSQL's own locale: the same order of text on every machine, whatever the system has installed.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
        ...auth,
      ],
      { ...(input.user ? { uid: input.user.uid, gid: input.user.gid } : {}), cwd: input.dataDirectory },
    )
  } catch (error) {
    await rm(input.dataDirectory, { recursive: true, force: true })
    const said = (error as { stderr?: string }).stderr?.trim()
    throw new Error(`PostgreSQL could not make its data folder ${input.dataDirectory}: ${said || String(error)}`)
  } finally {
    await rm(handOver, { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
