import type { Expectation } from "../ports"
import { fetchTips, isKnown, readTips } from "./origin"
import type { Repository } from "./read-repository"

interface Asked {
  most: number
  /** As the settings name it. */
  branch: string | undefined
  ref: string | undefined
  commit: string | null
}

/** How many commits of the branch, as the remote has it now, are missing. */
export async function judgeBehind({ most, branch, ref, commit }: Asked, repository: Repository): Promise<Expectation> {
  const what = `${ref ?? "What is checked out"} is behind origin`
  const expected = most === 0 ? "by nothing" : `by ${say(most)} at most`
  const not = (actual: string): Expectation => ({ what, expected, actual, ok: false })
  if (commit === null) return not("it does not exist")
  if (repository.origin === null && !repository.bare) return not("there is no remote called origin")
  const name = branch ?? (await branchOf(ref, repository))
  if (name === null) return not("it is no branch, and none is named")
  const tip = repository.origin === null ? await tipHere(name, repository) : await tipThere(name, repository)
  if (tip === null) return not(`origin has no branch ${name}`)
  const count = Number((await repository.git("rev-list", "--count", `${commit}..${tip}`)).trim())
  const actual = count === 0 ? "by nothing" : `by ${say(count)} of ${name}`
  return { what, expected, actual, ok: count <= most }
}

async function branchOf(ref: string | undefined, { ask }: Repository): Promise<string | null> {
  if (ref === undefined) return (await ask("symbolic-ref", "--quiet", "--short", "HEAD")) || null
  const name = ref.replace(/^refs\/heads\//, "")
  return (await ask("rev-parse", "--verify", "--quiet", `refs/heads/${name}`)) === "" ? null : name
}

async function tipThere(branch: string, repository: Repository): Promise<string | null> {
  const tip = (await readTips(repository)).find((one) => one.branch === branch)
  if (!tip) return null
  if (!(await isKnown(tip.commit, repository))) await fetchTips([tip], repository)
  return tip.commit
}

async function tipHere(branch: string, { ask }: Repository): Promise<string | null> {
  return (await ask("rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`)) || null
}

function say(commits: number): string {
  return commits === 1 ? "1 commit" : `${commits} commits`
}
