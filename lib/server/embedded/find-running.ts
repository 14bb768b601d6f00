import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { ROLE } from "./initialise"
import { readPostmaster } from "./postmaster-pid"

/** A connection string for a database of the embedded server that runs on this folder; null if none does. */
export async function findRunningPostgres(dataDirectory: string, database: string): Promise<string | null> {
  const directory = resolve(dataDirectory)
  const postmaster = await readPostmaster(directory)
  if (!postmaster?.ready) return null
  const password = await readFile(`${directory}.password`, "utf8").catch(() => null)
  const credentials = password ? `${ROLE}:${password.trim()}` : ROLE
  return `postgresql://${credentials}@127.0.0.1:${postmaster.port}/${database}`
}
