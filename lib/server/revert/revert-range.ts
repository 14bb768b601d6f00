import { mkdtemp, rm } from "node:fs/promises"
import { join } from "node:path"
import { assertRef, assertRepository } from "@/lib/server/checkout/git-names"
import { hasCommit, mirrorWith } from "@/lib/server/checkout/mirror"
import { runGit } from "@/lib/server/checkout/run-git"
import { mergeBackwards } from "./merge-backwards"

export interface RevertWanted {
  /** It is pushed to: a folder on this machine or an address that git may write to. */
  repository: string
  /** Mirrors and work folders are kept here. */
  root: string
  /** `branch`: the revert gets a branch of its own, on top of the release. `main`: it goes onto `base` as that is now, too. */
  mode: "branch" | "main"
  /** The branch that releases are made from. */
  base: string
  /** The branch of its own, which is what is deployed. */
  branch: string
  /** What was live before, and what the release brought. */
  from: string
  to: string
  /** The same for every attempt: what was pushed is found again by it. */
  mark: string
  author: { name: string; email: string }
  message: string
  signal: AbortSignal
  log: (words: string) => void
}

export type Reverted =
  | { outcome: "reverted" | "found"; commit: string; branch: string; files: number }
  | { outcome: "conflict"; files: string[] }

const TRAILER = "Golive-Revert"
/** Somebody else may push between our reading and our push. */
const TRIES = 4

/**
 * Takes back everything that came between two commits, as one commit, and pushes it: all of it or nothing, never by force.
 * What came onto the base since stays. Where that cannot be put together, the files are named and nothing is pushed. Done
 * before, by whomever: found by its mark and not done twice. Rejects with an Error in words, and with `signal.reason`.
 */
export async function revertRange(wanted: RevertWanted): Promise<Reverted> {
  const { repository, root, base, branch, from, to, signal } = wanted
  assertRepository(repository)
  for (const name of [base, branch]) assertRef(name)
  const mirror = await mirrorWith([from, to], { repository, root, signal })
  for (const commit of [from, to]) {
    if (!(await hasCommit(mirror, commit, signal)))
      throw new Error(`The repository has no commit ${commit.slice(0, 12)}`)
  }
  const directory = await mkdtemp(join(root, "revert-"))
  try {
    const git = (...args: string[]) => runGit(args, { directory, signal })
    // Objects are borrowed from the mirror; what is pushed is compared with the repository itself.
    await git("clone", "--quiet", "--bare", "--shared", "--", mirror, ".")
    return await attempts(wanted, git)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

type Git = (...args: string[]) => Promise<string>

async function attempts(wanted: RevertWanted, git: Git): Promise<Reverted> {
  for (let n = 1; ; n += 1) {
    await git("fetch", "--quiet", "--no-tags", "--", wanted.repository, "+refs/heads/*:refs/seen/*")
    const found = await findDone(wanted, git)
    if (found) return found
    const made = await makeCommit(wanted, git)
    if (made.outcome === "conflict") return made
    try {
      await push(wanted, made.commit, git)
      return made
    } catch (error) {
      wanted.signal.throwIfAborted()
      const words = error instanceof Error ? error.message : String(error)
      const isMoved = /non-fast-forward|fetch first|stale info|cannot lock ref|atomic transaction failed/i.test(words)
      // The answer may be lost and the push done: then it is found. A refusal of the repository's own is none of these.
      const isLost = /hung up|early EOF|Connection|timed out/i.test(words)
      if (n >= TRIES || !(isMoved || isLost) || /pre-receive|hook declined/i.test(words)) {
        throw new Error(`The repository did not take the revert; nothing of it was pushed. ${words}`, { cause: error })
      }
      wanted.log(`The branch has moved meanwhile: the revert is made anew (${words})`)
    }
  }
}

async function findDone({ branch, mark }: RevertWanted, git: Git): Promise<Reverted | null> {
  const head = await headOf(`refs/seen/${branch}`, git)
  if (!head) return null
  const marked = (await git("log", "-1", `--format=%(trailers:key=${TRAILER},valueonly)`, head)).trim()
  if (marked !== mark) {
    throw new Error(`The repository has a branch ${branch} already, and it is not this revert: nothing was pushed`)
  }
  return { outcome: "found", commit: head, branch, files: await countFiles(head, git) }
}

async function makeCommit(wanted: RevertWanted, git: Git): Promise<Reverted & { commit?: string }> {
  const { mode, base, from, to, branch } = wanted
  const head = mode === "branch" ? to : await headOf(`refs/seen/${base}`, git)
  if (!head) throw new Error(`The repository has no branch ${base}`)
  const merged = await mergeBackwards({ head, from, to, identity: identityOf(wanted) }, git)
  if (!merged.clean) return { outcome: "conflict", files: merged.files }
  const text = `${wanted.message.trim()}\n\n${TRAILER}: ${wanted.mark}\n`
  const commit = (await git(...identityOf(wanted), "commit-tree", merged.tree, "-p", head, "-m", text)).trim()
  return { outcome: "reverted", commit, branch, files: await countFiles(commit, git) }
}

/** Without force: a branch that moved is not taken back, and where one of two is refused, so is the other. */
async function push({ repository, mode, base, branch }: RevertWanted, commit: string, git: Git): Promise<void> {
  const targets = [branch, ...(mode === "main" ? [base] : [])].map((name) => `${commit}:refs/heads/${name}`)
  await git("push", "--quiet", "--atomic", "--", repository, ...targets)
}

async function headOf(ref: string, git: Git): Promise<string | null> {
  const answer = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).catch(() => "")
  return answer.trim() || null
}

async function countFiles(commit: string, git: Git): Promise<number> {
  const names = await git("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", commit)
  return names.split("\0").filter((name) => name !== "").length
}

function identityOf({ author }: RevertWanted): string[] {
  const bare = (text: string) => text.replace(/[<>\n\r\0]/g, " ").trim() || "Golive"
  return ["-c", `user.name=${bare(author.name)}`, "-c", `user.email=${bare(author.email)}`]
}
