import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

export type Postmaster = { pid: number; port: number; ready: boolean }

/**
 * The server that runs on this data folder, from the file that PostgreSQL keeps there; null if there is none.
 * A file left by a crash names a pid that is gone, or that by now belongs to another program: both count as none.
 */
export async function readPostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const text = await readFile(join(dataDirectory, "postmaster.pid"), "utf8").catch(() => null)
  if (text === null) return null
  const lines = text.split("\n").map((line) => line.trim())
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null
  if (!(await commandLine(pid)).includes(dataDirectory)) return null
  return { pid, port, ready: lines[7] === "ready" && Number.isInteger(port) && port > 0 }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === "linux") {
    const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")
    return raw.replaceAll("\0", " ")
  }
  if (process.platform === "win32") return ""
  const listed = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => null)
  return listed?.stdout ?? ""
}
