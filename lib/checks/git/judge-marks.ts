import { short } from "../answer"
import type { Expectation } from "../ports"
import type { Repository } from "./read-repository"

/** Whether a tag points to the commit. */
export async function judgeTagged(
  wanted: boolean,
  ref: string,
  commit: string | null,
  { git }: Repository,
): Promise<Expectation> {
  const what = `${ref} has a tag`
  const expected = wanted ? "a tag points to it" : "none"
  if (commit === null) return { what, expected, actual: "it does not exist", ok: false }
  const answer = await git("for-each-ref", `--points-at=${commit}`, "--format=%(refname:strip=2)", "refs/tags/")
  const names = answer.split("\n").filter((name) => name !== "")
  return { what, expected, actual: short(names.join(", ")) || "none", ok: names.length > 0 === wanted }
}

/** Whether git finds the commit's signature good. */
export async function judgeSigned(
  wanted: boolean,
  ref: string,
  commit: string | null,
  { git, ask }: Repository,
): Promise<Expectation> {
  const what = `${ref} is signed`
  const expected = wanted ? "by somebody who is trusted" : "not by anybody who is trusted"
  if (commit === null) return { what, expected, actual: "it does not exist", ok: false }
  // G: good; U: good, but nobody says whose it is; the rest is none, bad, expired, revoked or cannot be looked at.
  const [state = "", signer = ""] = (await ask("log", "-1", "--format=%G?%n%GS", commit)).split("\n")
  if (state === "" || state === "N") {
    const object = await git("cat-file", "commit", commit)
    const words = /^gpgsig/m.test(object.split("\n\n")[0] ?? "")
      ? "by a signature that cannot be looked at"
      : "not at all"
    return { what, expected, actual: words, ok: !wanted }
  }
  const good = state === "G"
  const said: Record<string, string> = {
    G: `by ${short(signer, 100) || "somebody who is trusted"}`,
    U: "by somebody who is not trusted",
    E: "by somebody whose key is not known here",
  }
  return {
    what,
    expected,
    actual: said[state] ?? "by a signature that is bad, expired or revoked",
    ok: good === wanted,
  }
}
