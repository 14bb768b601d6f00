import { createHash, randomBytes } from "node:crypto"
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type ProcessEnd, type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"

/** A whole commit hash, SHA-1 or SHA-256. */
export const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/

export type Mirror = ReturnType<typeof createMirror>

/**
 * The repository as a bare mirror in `root`. It gets its name by a rename when it is whole, so that a worker killed
 * half-way, or two at once, leave nothing that looks finished. Everything here rejects with a `StrategyFailure`.
 */
export function createMirror(ports: StrategyPorts, root: string) {
  const path = join(root, `mirror-${createHash("sha256").update(ports.repository).digest("hex").slice(0, 12)}.git`)

  /** Fetches the repository and answers with the commit of the deployment, the same one each time it is asked. */
  async function fetchCommit(call: StrategyCall): Promise<string> {
    await mkdir(join(root, "pins"), { recursive: true })
    // A branch may move between two steps of one run; what was first checked out stays.
    const pinned = join(root, "pins", call.deployment.deploymentId)
    const wanted = call.deployment.commit ?? (await readPin(pinned))
    if (wanted && (await isThere(path)) && (await has(wanted, call))) return wanted
    await refresh(call)
    const commit = await resolve(wanted ?? call.deployment.ref, call)
    if (call.deployment.commit) return commit
    await writeFile(pinned, commit, { flag: "wx" }).catch(() => undefined)
    return (await readPin(pinned)) ?? commit
  }

  /** Writes the files of a commit into a folder that is not there yet. `how` is an option of `git clone`. */
  async function checkOut(commit: string, directory: string, call: StrategyCall, how: string[] = []): Promise<void> {
    await git(call, ["clone", "--quiet", "--no-checkout", ...how, "--", path, directory])
    await git(call, ["-C", directory, "checkout", "--quiet", "--detach", commit])
  }

  async function refresh(call: StrategyCall): Promise<void> {
    if (await isThere(path)) {
      await git(call, ["--git-dir", path, "fetch", "--quiet", "--prune", "--tags", "origin", "+refs/*:refs/*"])
      return
    }
    const draft = `${path}.${randomBytes(4).toString("hex")}`
    try {
      await git(call, ["clone", "--quiet", "--mirror", "--", ports.repository, draft])
      await moveInto(draft, path)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }

  async function has(commit: string, call: StrategyCall): Promise<boolean> {
    const end = await runGit(call, ["--git-dir", path, "cat-file", "-e", `${commit}^{commit}`])
    return end.exitCode === 0
  }

  async function resolve(ref: string, call: StrategyCall): Promise<string> {
    const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]
    const end = await runGit(call, ["--git-dir", path, ...asked])
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

  return { fetchCommit, checkOut }
}

async function readPin(path: string): Promise<string | null> {
  const text = (await readFile(path, "utf8").catch(() => "")).trim()
  return COMMIT.test(text) ? text : null
}

/** Gives a finished folder its name. Whoever is second finds the name taken by a folder that is as good. */
export async function moveInto(draft: string, final: string): Promise<void> {
  await rename(draft, final).catch(async (error: NodeJS.ErrnoException) => {
    if ((error.code === "ENOTEMPTY" || error.code === "EEXIST") && (await isThere(final))) return
    throw error
  })
}

export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
