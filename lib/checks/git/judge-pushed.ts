import type { Expectation } from "../ports"
import { fetchTips, isKnown, readTips, type Tip } from "./origin"
import type { Repository } from "./read-repository"

/** Whether a commit is part of a branch of the remote as it is now. */
export async function judgePushed(
  wanted: boolean,
  ref: string,
  commit: string | null,
  repository: Repository,
): Promise<Expectation> {
  const what = `${ref} is pushed`
  const expected = wanted ? "part of a branch of origin" : "not pushed"
  if (commit === null) return { what, expected, actual: "it does not exist", ok: false }
  const where = await branchWith(commit, repository)
  return { what, expected, actual: where.words, ok: where.pushed === wanted }
}

type Where = { pushed: boolean; words: string }

async function branchWith(commit: string, repository: Repository): Promise<Where> {
  if (repository.origin === null) {
    // A bare repository is itself what others push to.
    if (repository.bare) return branchHere(commit, repository)
    return { pushed: false, words: "there is no remote called origin" }
  }
  const tips = await readTips(repository)
  const found = await tipWith(commit, tips, repository)
  if (found.branch !== null) return { pushed: true, words: `part of origin's ${found.branch}` }
  if (found.unknown.length === 0) return { pushed: false, words: "part of no branch of origin" }
  await fetchTips(found.unknown, repository)
  const again = await tipWith(commit, found.unknown, repository)
  if (again.branch !== null) return { pushed: true, words: `part of origin's ${again.branch}` }
  return { pushed: false, words: "part of no branch of origin" }
}

async function tipWith(commit: string, tips: readonly Tip[], repository: Repository) {
  const same = tips.find((tip) => tip.commit === commit)
  if (same) return { branch: same.branch, unknown: [] }
  const unknown: Tip[] = []
  for (const tip of tips) {
    if (!(await isKnown(tip.commit, repository))) unknown.push(tip)
    else if ((await repository.ask("merge-base", commit, tip.commit)) === commit) {
      return { branch: tip.branch, unknown: [] }
    }
  }
  return { branch: null, unknown }
}

async function branchHere(commit: string, { git }: Repository): Promise<Where> {
  const names = await git("for-each-ref", `--contains=${commit}`, "--format=%(refname:short)", "refs/heads/")
  const [branch] = names.split("\n").filter((name) => name !== "")
  if (branch === undefined) return { pushed: false, words: "part of no branch" }
  return { pushed: true, words: `part of the remote's ${branch}` }
}
