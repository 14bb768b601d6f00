import { randomBytes } from "node:crypto"
import { mkdir, rename, rm, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { assertRef, assertRepository, isCommit } from "./git-names"
import { runGit } from "./run-git"

interface Wanted {
  /** A folder on this machine or an address that git understands. */
  repository: string
  /** A commit's full id, or a branch or tag as it is now. */
  commit: string
  /** Gets its name when the checkout is whole. What is there already with the same commit is used as it is. */
  directory: string
  signal: AbortSignal
}

/**
 * Checks a commit out without history and without a remote, so that nothing in it leads back to the repository.
 * Answers with the commit's id. Rejects with an Error in words, and with `signal.reason`.
 */
export async function checkout({ repository, commit, directory, signal }: Wanted): Promise<{ commit: string }> {
  assertRepository(repository)
  assertRef(commit)
  const there = await headOf(directory, signal)
  if (there !== null && there === commit) return { commit }
  const draft = join(dirname(directory), `.${basename(directory)}-${randomBytes(4).toString("hex")}`)
  await mkdir(draft, { recursive: true })
  try {
    const git = (...args: string[]) => runGit(args, { directory: draft, signal })
    await git("init", "--quiet", "--initial-branch=checkout")
    await fetchCommit(repository, commit, git)
    const found = (await git("rev-parse", "--verify", "FETCH_HEAD^{commit}")).trim()
    if (isCommit(commit) && found !== commit) throw new Error(`${commit} is no commit`)
    await git("checkout", "--quiet", "--detach", found)
    await rename(draft, directory).catch(async (error: NodeJS.ErrnoException) => {
      // Whoever is second finds the name taken: good, if by the same.
      if ((await headOf(directory, signal)) !== found) throw error
    })
    return { commit: found }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function fetchCommit(repository: string, commit: string, git: (...args: string[]) => Promise<string>) {
  const fetch = (...wanted: string[]) => git("fetch", "--quiet", "--no-tags", ...wanted)
  try {
    await fetch("--depth=1", repository, commit)
  } catch (error) {
    // Some servers hand out a commit only with the branch or tag that leads to it.
    if (!isCommit(commit)) throw new Error(`The repository has no "${commit}", or cannot be read`, { cause: error })
    await fetch(repository, "+refs/heads/*:refs/fetched/heads/*", "+refs/tags/*:refs/fetched/tags/*")
    await git("cat-file", "-e", `${commit}^{commit}`)
    await git("update-ref", "FETCH_HEAD", commit)
  }
}

/** The commit that is checked out in a folder, or null. A repository further up is never taken for this one. */
async function headOf(directory: string, signal: AbortSignal): Promise<string | null> {
  if (!(await stat(join(directory, ".git")).catch(() => null))) return null
  const answer = await runGit(["rev-parse", "--verify", "HEAD^{commit}"], { directory, signal }).catch(() => "")
  signal.throwIfAborted()
  return isCommit(answer.trim()) ? answer.trim() : null
}
