import { stat } from "node:fs/promises"
import { isAbsolute, join } from "node:path"
import type { CheckPorts } from "../ports"
import { shadowRepository } from "./shadow-repository"

export interface Repository {
  /** Nothing is checked out: this is where others push to. */
  bare: boolean
  /** Where `origin` is; null where there is none. */
  origin: string | null
  git(...args: string[]): Promise<string>
  /** Like `git`, but a refusal of git is the answer "". */
  ask(...args: string[]): Promise<string>
}

/** A folder as it is; what lies elsewhere is fetched without its files first. Rejects with an Error in words. */
export async function openRepository(
  repository: string,
  signers: readonly string[],
  ports: CheckPorts,
): Promise<Repository> {
  const directory = isAbsolute(repository) ? repository : await fetchBare(repository, ports)
  const found = await stat(directory).catch(() => null)
  if (!found?.isDirectory()) throw new Error(`There is no folder ${repository}`)
  // A repository further up is never taken for this folder: there the prefix is not empty.
  const inside = await ports.git(["rev-parse", "--show-prefix"], directory).catch(() => {
    ports.signal.throwIfAborted()
    return null
  })
  if (inside === null || inside.trim() !== "") throw new Error(`${repository} is no git repository`)
  const shadow = await shadowRepository(directory, signers, ports)
  const git = (...args: string[]) => ports.git(args, shadow.directory)
  const ask = async (...args: string[]) => {
    try {
      return (await git(...args)).trim()
    } catch {
      ports.signal.throwIfAborted()
      return ""
    }
  }
  return { bare: shadow.bare, origin: shadow.origin, git, ask }
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
