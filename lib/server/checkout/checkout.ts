import { randomBytes } from "node:crypto"
import { appendFile, mkdir, rename, rm, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { copyCached } from "./checkout-cache"
import { assertRef, assertRepository, isCommit } from "./git-names"
import { runGit } from "./run-git"

interface Wanted {
  /** A folder on this machine or an address that git understands. */
  repository: string
  /** A commit's full id, or a branch or tag as it is now. */
  commit: string
  /** Gets its name when the checkout is whole. What is there already with the same commit is used as it is. */
  directory: string
  /** Checkouts of commits are kept here and copied from here. May be shared by processes; remains bounded. */
  cacheDirectory?: string
  signal: AbortSignal
}

/**
 * Checks a commit out without history and without a remote, so that nothing in it leads back to the repository.
 * Answers with the commit's id. Rejects with an Error in words, and with `signal.reason`.
 */
export async function checkout(wanted: Wanted): Promise<{ commit: string }> {
  const { repository, commit, directory, cacheDirectory, signal } = wanted
  assertRepository(repository)
  assertRef(commit)
  const there = await headOf(directory, signal)
  if (there !== null && there === commit) return { commit }
  const draft = join(dirname(directory), `.${basename(directory)}-${randomBytes(4).toString("hex")}`)
  try {
    const found = await fill(draft, wanted, isCommit(commit) ? cacheDirectory : undefined)
    await rename(draft, directory).catch(async (error: NodeJS.ErrnoException) => {
      // Whoever is second finds the name taken: good, if by the same.
      if ((await headOf(directory, signal)) !== found) throw error
    })
    return { commit: found }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function fill(draft: string, wanted: Wanted, cacheDirectory: string | undefined): Promise<string> {
  const { repository, commit, signal } = wanted
  await mkdir(dirname(draft), { recursive: true })
  if (cacheDirectory !== undefined) {
    const make = async (path: string) => void (await checkout({ repository, commit, directory: path, signal }))
    if (await copyCached({ cacheDirectory, repository, commit, directory: draft, signal, make })) return commit
  }
  await mkdir(draft)
  const git = (...args: string[]) => runGit(args, { directory: draft, signal })
  await git("init", "--quiet", "--initial-branch=checkout")
  // One file instead of hundreds, and no examples of hooks: it may be copied many times.
  await appendFile(join(draft, ".git", "config"), "[fetch]\n\tunpackLimit = 1\n")
  await rm(join(draft, ".git", "hooks"), { recursive: true, force: true })
  await fetchCommit(wanted, git)
  const found = (await git("rev-parse", "--verify", "FETCH_HEAD^{commit}")).trim()
  if (isCommit(commit) && found !== commit) throw new Error(`${commit} is no commit`)
  await git("checkout", "--quiet", "--detach", found)
  // It names the repository.
  await rm(join(draft, ".git", "FETCH_HEAD"), { force: true })
  return found
}

async function fetchCommit({ repository, commit, signal }: Wanted, git: (...args: string[]) => Promise<string>) {
  const fetch = (...wanted: string[]) => git("fetch", "--quiet", "--no-tags", "--no-auto-maintenance", ...wanted)
  try {
    await fetch("--depth=1", repository, commit)
  } catch (error) {
    signal.throwIfAborted()
    // Some servers hand out a commit only with the branch or tag that leads to it.
    const words = `The repository has no "${commit}", or cannot be read`
    if (!isCommit(commit)) throw new Error(words, { cause: error })
    try {
      await fetch(repository, "+refs/heads/*:refs/fetched/heads/*", "+refs/tags/*:refs/fetched/tags/*")
      await git("cat-file", "-e", `${commit}^{commit}`)
      await git("update-ref", "FETCH_HEAD", commit)
    } catch (second) {
      signal.throwIfAborted()
      throw new Error(words, { cause: second })
    }
  }
}

/** The commit that is checked out in a folder, or null. A repository further up is never taken for this one. */
async function headOf(directory: string, signal: AbortSignal): Promise<string | null> {
  if (!(await stat(join(directory, ".git")).catch(() => null))) return null
  const answer = await runGit(["rev-parse", "--verify", "HEAD^{commit}"], { directory, signal }).catch(() => "")
  signal.throwIfAborted()
  return isCommit(answer.trim()) ? answer.trim() : null
}
