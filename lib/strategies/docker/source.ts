import { createHash, randomBytes } from "node:crypto"
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type ProcessEnd, type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/

export type Source = ReturnType<typeof createSource>

/**
 * The repository as a mirror in `root`, and one commit of it at a time as plain files. The mirror gets its name by a rename
 * when it is whole, so that a worker killed half-way, or two at once, leave nothing that looks finished.
 */
export function createSource(ports: StrategyPorts, root: string) {
  const mirror = join(root, `mirror-${createHash("sha256").update(ports.repository).digest("hex").slice(0, 12)}.git`)

  /** Fetches the repository and answers with the commit of the deployment, the same one each time it is asked. */
  async function fetchCommit(call: StrategyCall): Promise<string> {
    await mkdir(join(root, "pins"), { recursive: true })
    const wanted = call.deployment.commit ?? (await readPin(call))
    if (wanted && (await isThere(mirror)) && (await has(wanted, call))) return pin(wanted, call)
    await refresh(call)
    return pin(await resolve(wanted ?? call.deployment.ref, call), call)
  }

  /** Lends the files of a commit in a folder that is gone afterwards. */
  async function withFiles<T>(commit: string, call: StrategyCall, work: (directory: string) => Promise<T>): Promise<T> {
    const directory = join(root, `files-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
    try {
      await git(call, ["clone", "--quiet", "--no-checkout", "--shared", "--", mirror, directory])
      await git(call, ["-C", directory, "checkout", "--quiet", "--detach", commit])
      return await work(directory)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }

  async function refresh(call: StrategyCall): Promise<void> {
    if (await isThere(mirror)) {
      await git(call, ["--git-dir", mirror, "fetch", "--quiet", "--prune", "--tags", "origin", "+refs/*:refs/*"])
      return
    }
    const draft = `${mirror}.${randomBytes(4).toString("hex")}`
    try {
      await git(call, ["clone", "--quiet", "--mirror", "--", ports.repository, draft])
      // Whoever is second finds the name taken by a mirror that is as good.
      await rename(draft, mirror).catch(async (error: unknown) => {
        if (!(await isThere(mirror))) throw error
      })
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

  /** A branch may move between two steps of one run; what was first checked out is what is built. */
  const pinPath = (call: StrategyCall) => join(root, "pins", call.deployment.deploymentId)
  async function readPin(call: StrategyCall): Promise<string | null> {
    const text = (await readFile(pinPath(call), "utf8").catch(() => "")).trim()
    return COMMIT.test(text) ? text : null
  }
  async function pin(commit: string, call: StrategyCall): Promise<string> {
    if (call.deployment.commit) return commit
    await writeFile(pinPath(call), commit, { flag: "wx" }).catch(() => undefined)
    return (await readPin(call)) ?? commit
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

  return { fetchCommit, withFiles }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
