import { existsSync } from "node:fs"
import { tmpdir } from "node:os"
import { isAbsolute } from "node:path"
import { simpleGit } from "simple-git"
import { runGit } from "@/lib/server/checkout/run-git"
import { log } from "@/lib/server/log"

const TIMEOUT_MS = 20_000
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/**
 * The commit that a branch, tag or commit id stands for now. Null: the repository has no such ref.
 * Throws if the repository itself cannot be read. `ref` was checked not to look like an option.
 */
export async function resolveRef(repository: string, ref: string): Promise<string | null> {
  const local = isAbsolute(repository) && existsSync(repository)
  if (!local) return resolveRemote(repository, ref)
  const git = simpleGit({ baseDir: repository, timeout: { block: TIMEOUT_MS } })
  await git.revparse(["--git-dir"])
  const answer = await git
    .raw(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
    .catch(() => "")
  return SHA.test(answer.trim()) ? answer.trim() : null
}

async function resolveRemote(repository: string, ref: string): Promise<string | null> {
  const answer = await runGit(["ls-remote", "--", repository], {
    directory: tmpdir(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const lines = answer.split("\n").map((line) => line.split("\t"))
  const commitOf = (name: string) => lines.find((line) => line[1] === name)?.[0]
  // `^{}` is what an annotated tag points at.
  const found =
    commitOf(`refs/tags/${ref}^{}`) ?? commitOf(`refs/tags/${ref}`) ?? commitOf(`refs/heads/${ref}`) ?? commitOf(ref)
  if (found) return found
  if (!SHA.test(ref)) return null
  log.info({ repository, ref }, "a commit of a remote repository is taken as it is named")
  return ref
}
