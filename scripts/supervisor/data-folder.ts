import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { promisify } from "node:util"
import { isAlive } from "../../lib/server/embedded/postmaster-pid"

/** A process is named by pid and start: the system gives pids again. */
type Remembered = { pid: number; start: string }
type Processes = { supervisor: Remembered; children: Remembered[] }

export type Secrets = { NEXTAUTH_SECRET: string; GOLIVE_SECRET_KEY: string; LOCAL_HOST_ADMIN_TOKEN: string }

/**
 * Takes the data folder for this process. Throws with one sentence if another start works on it; children of a start
 * that was killed are ended, so that nothing old works on beside what comes now.
 */
export async function takeDataFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o711 })
  const before = await readFile(processesFile(directory), "utf8")
    .then((text) => JSON.parse(text) as Processes)
    .catch(() => null)
  if (before && before.supervisor.pid !== process.pid && (await lives(before.supervisor))) {
    throw new Error(
      `Golive already runs on ${directory} (process ${before.supervisor.pid}). Stop it first, or set GOLIVE_DATA_DIR to another folder.`,
    )
  }
  for (const child of before?.children ?? []) {
    if (!(await lives(child))) continue
    endGroup(child.pid)
    while (await lives(child)) await delay(20)
  }
  await rememberProcesses(directory, [])
}

export async function rememberProcesses(directory: string, pids: number[]): Promise<void> {
  const remember = async (pid: number): Promise<Remembered> => ({ pid, start: await startOf(pid) })
  const processes: Processes = {
    supervisor: await remember(process.pid),
    children: await Promise.all(pids.map(remember)),
  }
  // In one go: two writes at once must not leave half of each.
  writeFileSync(processesFile(directory), JSON.stringify(processes))
}

/** Made at the first start and kept: sessions, seals and tokens depend on them. The environment has precedence. */
export async function ensureSecrets(directory: string): Promise<Secrets> {
  const path = join(directory, "secrets.json")
  const kept = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as Partial<Secrets>)
    .catch((): Partial<Secrets> => ({}))
  const fresh = () => randomBytes(32).toString("base64")
  const secrets: Secrets = {
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? kept.NEXTAUTH_SECRET ?? fresh(),
    GOLIVE_SECRET_KEY: process.env.GOLIVE_SECRET_KEY ?? kept.GOLIVE_SECRET_KEY ?? fresh(),
    LOCAL_HOST_ADMIN_TOKEN: process.env.LOCAL_HOST_ADMIN_TOKEN ?? kept.LOCAL_HOST_ADMIN_TOKEN ?? fresh(),
  }
  await writeFile(path, JSON.stringify({ ...secrets, ...kept }, null, 2), { mode: 0o600 })
  return secrets
}

/** The secrets of a folder that was started before; empty if it never was. */
export function readSecrets(directory: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(join(directory, "secrets.json"), "utf8")) as Partial<Secrets>
  } catch {
    return {}
  }
}

function processesFile(directory: string): string {
  return join(directory, "processes.json")
}

async function lives(remembered: Remembered): Promise<boolean> {
  return remembered.start !== "" && isAlive(remembered.pid) && (await startOf(remembered.pid)) === remembered.start
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL")
  } catch {
    // Ended by itself in the meantime.
  }
}

async function startOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
    // The name in brackets may hold spaces, so that counting begins after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    // Ended, but not yet fetched by whoever started it: as good as gone.
    return fields[0] === "Z" ? "" : (fields[19] ?? "")
  }
  const listed = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => null)
  return listed?.stdout.trim() ?? ""
}
