import { readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isAlive, readPostmaster } from "@/lib/server/embedded/postmaster-pid"

const PREFIX = "golive-test-"

/** The folder of this run; its name carries the pid, so that a later run can tell whether this one still lives. */
export function runDirectory(): string {
  return join(tmpdir(), `${PREFIX}${process.pid}`)
}

/** Ends the servers of test runs that were killed, and removes what they left. */
export async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : Number.NaN)
    if (!Number.isInteger(pid) || (pid !== process.pid && isAlive(pid))) continue
    const directory = join(tmpdir(), name)
    const postmaster = await readPostmaster(join(directory, "postgres"))
    if (postmaster) process.kill(postmaster.pid, "SIGQUIT")
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
