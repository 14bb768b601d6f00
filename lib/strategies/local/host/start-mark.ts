import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * When the process with this pid was started, as an opaque text; null if there is no such process.
 * With the pid it names a process for good: the system gives a pid again, but not with the same start.
 */
export async function readStartMark(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null)
    if (stat === null) return null
    // The second field is the name in brackets and may hold spaces, so counting begins after the last bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return fields[0] === "Z" ? null : `${fields[19]}`
  }
  const listed = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => null)
  return listed?.stdout.trim() || null
}
