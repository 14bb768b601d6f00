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
  // Asked about exactly this folder, so that a repository further up is never taken for it.
  const own = [join(directory, ".git"), directory]
  const gitDirectory = await ask("rev-parse", "--absolute-git-dir")
  if (!(await isOneOf(gitDirectory, own))) throw new Error(`${repository} is no git repository`)
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

async function isOneOf(path: string, folders: string[]): Promise<boolean> {
  if (path === "") return false
  const mark = await identity(path)
  for (const folder of folders) if (mark !== null && mark === (await identity(folder))) return true
  return isWorktreeOf(path)
}

/** A linked worktree keeps its git folder in the repository that it belongs to. */
function isWorktreeOf(path: string): boolean {
  return /\/worktrees\/[^/]+$/.test(path)
}

async function identity(path: string): Promise<string | null> {
  return stat(path).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  )
}
