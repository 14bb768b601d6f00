import { stat } from "node:fs/promises"
import { isAbsolute, join } from "node:path"
import type { CheckPorts } from "../ports"

export interface Repository {
  directory: string
  /** Nothing is checked out: this is where others push to. */
  bare: boolean
  git(...args: string[]): Promise<string>
  /** Like `git`, but a refusal of git is the answer "". */
  ask(...args: string[]): Promise<string>
}

/** A folder as it is; what lies elsewhere is fetched without its files first. Rejects with an Error in words. */
export async function openRepository(repository: string, ports: CheckPorts): Promise<Repository> {
  const directory = isAbsolute(repository) ? repository : await fetchBare(repository, ports)
  const found = await stat(directory).catch(() => null)
  if (!found?.isDirectory()) throw new Error(`There is no folder ${repository}`)
  const git = (...args: string[]) => ports.git(args, directory)
  const ask = async (...args: string[]) => {
    try {
      return (await git(...args)).trim()
    } catch {
      ports.signal.throwIfAborted()
      return ""
    }
  }
  // A repository further up is never taken for this folder: there the prefix is not empty.
  const inside = await git("rev-parse", "--show-prefix").catch(() => {
    ports.signal.throwIfAborted()
    return null
  })
  if (inside === null || inside.trim() !== "") throw new Error(`${repository} is no git repository`)
  return { directory, bare: (await ask("rev-parse", "--is-bare-repository")) === "true", git, ask }
}

async function fetchBare(repository: string, ports: CheckPorts): Promise<string> {
  if (repository !== ports.repository) {
    throw new Error("Over the network only the environment's own repository is looked at")
  }
  const folder = await ports.scratch()
  const directory = join(folder, "repository.git")
  await ports.git(["clone", "--quiet", "--bare", "--filter=blob:none", "--", repository, directory], folder)
  return directory
}
