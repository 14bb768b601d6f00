import { createHash, randomBytes } from "node:crypto"
import { mkdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { assertRepository } from "./git-names"
import { runGit } from "./run-git"

/** What is under way in this process: two that ask at once share one fetch. */
const fetching = new Map<string, Promise<void>>()

/**
 * A bare copy of the whole repository in `root`, kept there and brought up to date when a commit is asked for that it has
 * not got. It gets its name when it is whole: a process that dies half-way, or two at once, leave nothing that looks
 * finished. Answers with its folder. Rejects with an Error in words, and with `signal.reason`.
 */
export async function mirrorWith(
  commits: readonly string[],
  { repository, root, signal }: { repository: string; root: string; signal: AbortSignal },
): Promise<string> {
  assertRepository(repository)
  const path = mirrorPath(root, repository)
  const there = await Promise.all(commits.map((commit) => hasCommit(path, commit, signal)))
  if (there.every(Boolean)) return path
  const known = fetching.get(path)
  const work = known ?? bringUpToDate(path, repository, root, signal).finally(() => fetching.delete(path))
  if (!known) fetching.set(path, work)
  await work
  return path
}

/** Where the copy of a repository is kept, whether it is there or not. */
export function mirrorPath(root: string, repository: string): string {
  return join(root, `${createHash("sha256").update(repository).digest("hex").slice(0, 16)}.git`)
}

export async function hasCommit(mirror: string, commit: string, signal: AbortSignal): Promise<boolean> {
  if (!(await isThere(mirror))) return false
  return runGit(["cat-file", "-e", `${commit}^{commit}`], { directory: mirror, signal }).then(
    () => true,
    () => {
      signal.throwIfAborted()
      return false
    },
  )
}

async function bringUpToDate(path: string, repository: string, root: string, signal: AbortSignal): Promise<void> {
  if (await isThere(path)) {
    await runGit(["fetch", "--quiet", "--prune", "--tags", "origin", "+refs/*:refs/*"], { directory: path, signal })
    return
  }
  await mkdir(root, { recursive: true })
  const draft = `${path}.${randomBytes(4).toString("hex")}`
  try {
    // A repository on this machine is copied, not shared: what happens to its files does not happen to these.
    await runGit(["clone", "--quiet", "--mirror", "--no-hardlinks", "--", repository, draft], {
      directory: root,
      signal,
    })
    await rename(draft, path).catch(async (error) => {
      if (!(await isThere(path))) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
