import { randomBytes } from "node:crypto"
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import type { StrategyCall, StrategyPorts } from "../contract"
import { COMMIT, createMirror, isThere, moveInto } from "../parts/mirror"

export type Source = ReturnType<typeof createSource>

/**
 * A folder for each commit that is or was deployed: a Compose file may mount what lies beside it, so that its folder
 * stays while its containers run.
 */
export function createSource(ports: StrategyPorts, root: string) {
  const { fetchCommit, checkOut } = createMirror(ports, root)
  const commits = join(root, "commits")

  /** The folder of the deployment's commit, the same one each time it is asked. */
  async function folderOf(call: StrategyCall): Promise<{ commit: string; directory: string }> {
    await mkdir(commits, { recursive: true })
    const commit = await fetchCommit(call)
    const directory = join(commits, commit)
    if (!(await isThere(directory))) {
      const draft = join(commits, `.draft-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
      try {
        await checkOut(commit, draft, call)
        await moveInto(draft, directory)
      } finally {
        await rm(draft, { recursive: true, force: true })
      }
    }
    const now = new Date()
    await utimes(directory, now, now)
    return { commit, directory }
  }

  /** Removes folders of commits but for those named and the `keep` that were used last. */
  async function removeOld(keep: number, named: (string | null | undefined)[]): Promise<void> {
    const names = (await readdir(commits).catch(() => [])).filter((name) => COMMIT.test(name) && !named.includes(name))
    const aged = await Promise.all(
      names.map(async (name) => ({ name, atMs: (await stat(join(commits, name))).mtimeMs })),
    )
    for (const { name } of aged.sort((a, b) => b.atMs - a.atMs).slice(keep)) {
      await rm(join(commits, name), { recursive: true, force: true })
    }
  }

  return { folderOf, removeOld }
}
