export type MergedBackwards = { clean: true; tree: string } | { clean: false; files: string[] }

/**
 * The tree of `head` without what came between `from` and `to`: a three-way merge in which `to` is what both sides know,
 * `head` one side and `from` the other. The common ground is made of commits that lead nowhere else, because git offers no
 * other way to name it before 2.40. Nothing is checked out.
 */
export async function mergeBackwards(
  { head, from, to, identity }: { head: string; from: string; to: string; identity: string[] },
  git: (...args: string[]) => Promise<string>,
): Promise<MergedBackwards> {
  const commit = async (tree: string, parents: string[]) =>
    (
      await git(...identity, "commit-tree", `${tree}^{tree}`, ...parents.flatMap((one) => ["-p", one]), "-m", "scratch")
    ).trim()
  const base = await commit(to, [])
  const ours = await commit(head, [base])
  const theirs = await commit(from, [base])
  // It ends with 1 where there are conflicts and complains of nothing: that is an answer, too.
  const answer = await git("merge-tree", "--write-tree", "-z", "--name-only", "--messages", ours, theirs)
  const [tree = "", ...rest] = answer.split("\0")
  const files = rest.slice(0, rest.indexOf("")).filter((name) => name !== "")
  if (files.length > 0) return { clean: false, files: [...new Set(files)] }
  if (!/^[0-9a-f]{40}/.test(tree)) throw new Error("git did not say what the revert would look like")
  return { clean: true, tree: tree.trim() }
}
