import { errored, judged, short } from "../answer"
import type { CheckRunner, Expectation } from "../ports"
import { type GitConfig, gitConfigSchema } from "./definition"
import { judgePushed } from "./judge-pushed"
import { openRepository, type Repository } from "./read-repository"

/** Only reads: no branch, no tag and no file of the repository is changed. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = gitConfigSchema.parse(rawConfig)
  const { ref, expect } = config
  ports.log("info", `Looking at ${config.repository}${ref ? `, ${ref}` : ""}\n`)
  const repository = await openRepository(config.repository, ports)
  const commit = await commitOf(ref ?? "HEAD", repository)
  if (commit === null && ref === undefined && !expect.clean) return errored("The repository has no commit yet")

  const expectations: Expectation[] = []
  if (expect.refExists !== undefined) {
    const there = (exists: boolean) => (exists ? "exists" : "does not exist")
    const actual = there(commit !== null)
    const expected = there(expect.refExists)
    expectations.push({ what: `Ref ${ref ?? "HEAD"}`, expected, actual, ok: actual === expected })
  }
  if (expect.clean !== undefined) expectations.push(await judgeClean(expect.clean, repository))
  if (expect.branch !== undefined) expectations.push(await judgeBranch(expect.branch, config, commit, repository))
  if (expect.pushed !== undefined)
    expectations.push(await judgePushed(expect.pushed, ref ?? "HEAD", commit, repository))

  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const facts = [fact("Repository", config.repository), fact("Ref", ref ?? "HEAD"), fact("Commit", commit ?? "none")]
  return judged(expectations, [{ type: "facts", facts }], {
    passed: `${ref ?? "The repository"}${commit ? ` (${commit.slice(0, 12)})` : ""} is as expected`,
  })
}

async function commitOf(ref: string, { ask }: Repository): Promise<string | null> {
  if (ref.startsWith("-")) throw new Error(`"${short(ref, 80)}" is no name of a ref`)
  const found = await ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)
  return found === "" ? null : found
}

async function judgeClean(wanted: boolean, { bare, git }: Repository): Promise<Expectation> {
  const what = "Working folder"
  const expected = wanted ? "clean" : "changed"
  if (bare) return { what, expected, actual: "none, the repository is bare", ok: wanted }
  // Without optional locks a look does not get in the way of somebody who works there.
  const lines = (await git("--no-optional-locks", "status", "--porcelain=v1")).split("\n").filter((line) => line !== "")
  const clean = lines.length === 0
  const files = lines.slice(0, 5).map((line) => line.trim())
  const more = lines.length > 5 ? ` and ${lines.length - 5} more` : ""
  return {
    what,
    expected,
    actual: clean ? "clean" : `changed: ${short(files.join(", "))}${more}`,
    ok: clean === wanted,
  }
}

async function judgeBranch(
  branch: string,
  { ref }: GitConfig,
  commit: string | null,
  { ask, git }: Repository,
): Promise<Expectation> {
  if (branch.startsWith("-")) throw new Error(`"${short(branch, 80)}" is no name of a branch`)
  if (ref === undefined) {
    const current = await ask("symbolic-ref", "--quiet", "--short", "HEAD")
    return { what: "Branch", expected: branch, actual: current || "none, HEAD is detached", ok: current === branch }
  }
  const what = `${ref} is part of`
  if (commit === null) return { what, expected: branch, actual: "nothing, it does not exist", ok: false }
  const names = [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`]
  const list = async (...filter: string[]) => {
    const answer = await git("for-each-ref", ...filter, "--format=%(refname)")
    return answer.split("\n").filter((name) => name !== "")
  }
  const ok = (await list(`--contains=${commit}`)).some((name) => names.includes(name))
  if (ok) return { what, expected: branch, actual: branch, ok }
  const there = (await list()).some((name) => names.includes(name))
  return { what, expected: branch, actual: there ? `not ${branch}` : `there is no branch ${branch}`, ok }
}
