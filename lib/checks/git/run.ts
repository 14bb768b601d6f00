import { errored, judged, short } from "../answer"
import type { CheckRunner, Expectation } from "../ports"
import { type GitConfig, gitConfigSchema } from "./definition"
import { judgeBehind } from "./judge-behind"
import { judgeClean } from "./judge-clean"
import { judgeSigned, judgeTagged } from "./judge-marks"
import { judgePushed } from "./judge-pushed"
import { assertReachable } from "./origin"
import { openRepository, type Repository } from "./read-repository"

/** Only reads: no branch, no tag and no file of the repository is changed, and no program that it names is run. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = gitConfigSchema.parse(rawConfig)
  const { ref, expect } = config
  const name = ref ?? "HEAD"
  ports.log("info", `Looking at ${config.repository}${ref ? `, ${ref}` : ""}\n`)
  const repository = await openRepository(config.repository, config.signers ?? [], ports)
  const commit = await commitOf(name, repository)
  if (commit === null && ref === undefined && !expect.clean) return errored("The repository has no commit yet")
  if (expect.pushed !== undefined || expect.behind !== undefined) assertReachable(config.repository, repository, ports)

  const expectations: Expectation[] = []
  if (expect.refExists !== undefined) {
    const there = (exists: boolean) => (exists ? "exists" : "does not exist")
    const actual = there(commit !== null)
    const expected = there(expect.refExists)
    expectations.push({ what: `Ref ${name}`, expected, actual, ok: actual === expected })
  }
  if (expect.clean !== undefined) expectations.push(await judgeClean(expect.clean, repository))
  if (expect.branch !== undefined) expectations.push(await judgeBranch(expect.branch, config, commit, repository))
  if (expect.pushed !== undefined) expectations.push(await judgePushed(expect.pushed, name, commit, repository))
  if (expect.behind !== undefined) {
    const asked = { most: expect.behind, branch: expect.branch, ref, commit }
    expectations.push(await judgeBehind(asked, repository))
  }
  if (expect.tagged !== undefined) expectations.push(await judgeTagged(expect.tagged, name, commit, repository))
  if (expect.signed !== undefined) expectations.push(await judgeSigned(expect.signed, name, commit, repository))

  const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
  const facts = [fact("Repository", config.repository), fact("Ref", name), fact("Commit", commit ?? "none")]
  return judged(expectations, [{ type: "facts", facts }], {
    passed: `${ref ?? "The repository"}${commit ? ` (${commit.slice(0, 12)})` : ""} is as expected`,
  })
}

async function commitOf(ref: string, { ask }: Repository): Promise<string | null> {
  if (ref.startsWith("-")) throw new Error(`"${short(ref, 80)}" is no name of a ref`)
  const found = await ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)
  return found === "" ? null : found
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
