import { createHash, randomBytes } from "node:crypto"
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ProcessEnd, StrategyCall, StrategyPorts } from "../contract"
import { StrategyFailure } from "../contract"

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/
/** Written into a release folder when its build is complete, before the folder gets its name. */
const MARKER = ".golive-release.json"

export type Source = ReturnType<typeof createSource>

/**
 * Checkouts and builds in `root`: a mirror of the repository, and one folder a built commit. Everything gets its final
 * name by a rename when it is whole, so that a worker killed half-way, or two at once, leave nothing that looks finished.
 */
export function createSource(ports: StrategyPorts, root: string) {
  const mirror = join(root, `mirror-${createHash("sha256").update(ports.repository).digest("hex").slice(0, 12)}.git`)
  const releases = join(root, "releases")

  /** Fetches the repository and answers with the commit of the deployment, the same one each time it is asked. */
  async function fetchCommit(call: StrategyCall): Promise<string> {
    await mkdir(releases, { recursive: true })
    const pinned = await readPin(call)
    const wanted = call.deployment.commit ?? pinned
    if (wanted && (await isThere(mirror)) && (await has(wanted, call))) return pin(wanted, call)
    await refresh(call)
    const commit = await resolve(wanted ?? call.deployment.ref, call)
    return pin(commit, call)
  }

  async function refresh(call: StrategyCall): Promise<void> {
    if (await isThere(mirror)) {
      await git(call, root, ["--git-dir", mirror, "fetch", "--quiet", "--prune", "--tags", "origin", "+refs/*:refs/*"])
      return
    }
    const draft = `${mirror}.${randomBytes(4).toString("hex")}`
    try {
      await git(call, root, ["clone", "--quiet", "--mirror", "--", ports.repository, draft])
      await moveInto(draft, mirror)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }

  async function has(commit: string, call: StrategyCall): Promise<boolean> {
    const end = await runGit(call, root, ["--git-dir", mirror, "cat-file", "-e", `${commit}^{commit}`])
    return end.exitCode === 0
  }

  async function resolve(ref: string, call: StrategyCall): Promise<string> {
    const end = await runGit(call, root, [
      ...["--git-dir", mirror, "rev-parse", "--verify", "--quiet", "--end-of-options"],
      `${ref}^{commit}`,
    ])
    const commit = end.stdout.trim()
    if (end.exitCode === 0 && COMMIT.test(commit)) return commit
    throw new StrategyFailure(`The repository has no commit for "${ref}"`, false)
  }

  /** A branch may move between two steps of one run; what was first checked out is what is built and started. */
  const pinPath = (call: StrategyCall) => join(root, "pins", call.deployment.deploymentId)
  async function readPin(call: StrategyCall): Promise<string | null> {
    const text = (await readFile(pinPath(call), "utf8").catch(() => "")).trim()
    return COMMIT.test(text) ? text : null
  }
  async function pin(commit: string, call: StrategyCall): Promise<string> {
    if (call.deployment.commit) return commit
    await mkdir(join(root, "pins"), { recursive: true })
    await writeFile(pinPath(call), commit, { flag: "wx" }).catch(() => undefined)
    return (await readPin(call)) ?? commit
  }

  const releaseDirectory = (commit: string) => join(releases, commit)

  /** Whether the commit was built here completely. */
  async function isBuilt(commit: string): Promise<boolean> {
    return isThere(join(releaseDirectory(commit), MARKER))
  }

  /** Builds the commit in a folder of its own and answers with the folder. A finished build is used again. */
  async function build(
    commit: string,
    call: StrategyCall,
    { argv, env }: { argv: string[]; env: Record<string, string> },
  ): Promise<{ directory: string; again: boolean }> {
    const directory = releaseDirectory(commit)
    if (await isBuilt(commit)) return { directory, again: false }
    const draft = join(releases, `.building-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
    try {
      await git(call, root, ["clone", "--quiet", "--no-checkout", "--", mirror, draft])
      await git(call, draft, ["checkout", "--quiet", "--detach", commit])
      const { timeoutMs, signal, log } = call
      const end = await ports.runProcess({
        argv,
        cwd: draft,
        env: { COMMIT_SHA: commit, ...env },
        timeoutMs,
        signal,
        log,
      })
      if (end.exitCode !== 0) throw new StrategyFailure(`The build ${howItEnded(end, timeoutMs)}`, false)
      await writeFile(join(draft, MARKER), JSON.stringify({ commit, version: call.deployment.version }))
      await moveInto(draft, directory)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
    return { directory, again: true }
  }

  async function git(call: StrategyCall, cwd: string, args: string[]): Promise<ProcessEnd> {
    const end = await runGit(call, cwd, args)
    if (end.exitCode === 0) return end
    const said = end.stderr.trim().split("\n").slice(-3).join(" ")
    throw new StrategyFailure(`git ${args.find((arg) => !arg.startsWith("-")) ?? ""}: ${said}`, true)
  }

  async function runGit(call: StrategyCall, cwd: string, args: string[]): Promise<ProcessEnd> {
    await mkdir(root, { recursive: true })
    return ports.runProcess({
      argv: ["git", ...args],
      cwd,
      env: { GIT_TERMINAL_PROMPT: "0" },
      timeoutMs: call.timeoutMs,
      signal: call.signal,
      log: (_stream, text) => call.log("err", text),
    })
  }

  return { fetchCommit, build, isBuilt, releaseDirectory }
}

export function howItEnded(end: ProcessEnd, timeoutMs: number): string {
  if (end.timedOut) return `was not done after ${Math.round(timeoutMs / 1_000)} s and was ended`
  if (end.signal) return `was ended by ${end.signal}`
  return `failed with exit code ${end.exitCode}`
}

/** Whoever is second finds the name taken by a folder that is as good. */
async function moveInto(draft: string, final: string): Promise<void> {
  await rename(draft, final).catch(async (error: NodeJS.ErrnoException) => {
    if ((error.code === "ENOTEMPTY" || error.code === "EEXIST") && (await isThere(final))) return
    throw error
  })
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
