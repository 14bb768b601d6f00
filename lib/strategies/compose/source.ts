import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type ProcessEnd, type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/

export type Source = ReturnType<typeof createSource>

/**
 * The repository as a mirror in `root`, and a folder for each commit that is or was deployed: a Compose file may mount what
 * lies beside it, so that its folder stays while its containers run. Everything gets its name by a rename when it is whole.
 */
export function createSource(ports: StrategyPorts, root: string) {
  const mirror = join(root, `mirror-${createHash("sha256").update(ports.repository).digest("hex").slice(0, 12)}.git`)
  const commits = join(root, "commits")

  /** The folder of the deployment's commit, the same one each time it is asked. */
  async function folderOf(call: StrategyCall): Promise<{ commit: string; directory: string }> {
    await mkdir(commits, { recursive: true })
    const commit = await fetchCommit(call)
    const directory = join(commits, commit)
    if (!(await isThere(directory))) {
      const draft = join(commits, `.draft-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
      try {
        await git(call, ["clone", "--quiet", "--no-checkout", "--", mirror, draft])
        await git(call, ["-C", draft, "checkout", "--quiet", "--detach", commit])
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

  async function fetchCommit(call: StrategyCall): Promise<string> {
    const pinned = join(root, "pins", call.deployment.deploymentId)
    const wanted = call.deployment.commit ?? (await readPin(pinned))
    if (wanted && (await isThere(mirror)) && (await has(wanted, call))) return wanted
    await refresh(call)
    const commit = await resolve(wanted ?? call.deployment.ref, call)
    if (call.deployment.commit) return commit
    // A branch may move between two steps of one run; what was first checked out stays.
    await mkdir(join(root, "pins"), { recursive: true })
    await writeFile(pinned, commit, { flag: "wx" }).catch(() => undefined)
    return (await readPin(pinned)) ?? commit
  }

  async function refresh(call: StrategyCall): Promise<void> {
    if (await isThere(mirror)) {
      await git(call, ["--git-dir", mirror, "fetch", "--quiet", "--prune", "--tags", "origin", "+refs/*:refs/*"])
      return
    }
    const draft = `${mirror}.${randomBytes(4).toString("hex")}`
    try {
      await git(call, ["clone", "--quiet", "--mirror", "--", ports.repository, draft])
      await moveInto(draft, mirror)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }

  async function has(commit: string, call: StrategyCall): Promise<boolean> {
    const end = await runGit(call, ["--git-dir", mirror, "cat-file", "-e", `${commit}^{commit}`])
    return end.exitCode === 0
  }

  async function resolve(ref: string, call: StrategyCall): Promise<string> {
    const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]
    const end = await runGit(call, ["--git-dir", mirror, ...asked])
    const commit = end.stdout.trim()
    if (end.exitCode === 0 && COMMIT.test(commit)) return commit
    throw new StrategyFailure(`The repository has no commit for "${ref}"`, false)
  }

  async function git(call: StrategyCall, args: string[]): Promise<void> {
    const end = await runGit(call, args)
    if (end.exitCode === 0) return
    const said = end.timedOut ? "it took too long and was ended" : end.stderr.trim().split("\n").slice(-3).join(" ")
    throw new StrategyFailure(`The repository could not be read: ${said}`, true)
  }

  function runGit({ signal, timeoutMs, log }: StrategyCall, args: string[]): Promise<ProcessEnd> {
    const env = { GIT_TERMINAL_PROMPT: "0" }
    return ports.runProcess({
      ...{ argv: ["git", ...args], cwd: root, env, timeoutMs, signal },
      log: (_stream, text) => log("err", text),
    })
  }

  return { folderOf, removeOld }
}

async function readPin(path: string): Promise<string | null> {
  const text = (await readFile(path, "utf8").catch(() => "")).trim()
  return COMMIT.test(text) ? text : null
}

/** Whoever is second finds the name taken by a folder that is as good. */
async function moveInto(draft: string, final: string): Promise<void> {
  await rename(draft, final).catch(async (error: unknown) => {
    if (!(await isThere(final))) throw error
  })
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
