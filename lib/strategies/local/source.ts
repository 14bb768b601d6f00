import { randomBytes } from "node:crypto"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ProcessEnd, StrategyCall, StrategyPorts } from "../contract"
import { StrategyFailure } from "../contract"
import { createMirror, isThere, moveInto } from "../parts/mirror"

/** Written into a release folder when its build is complete, before the folder gets its name. */
const MARKER = ".golive-release.json"

export type Source = ReturnType<typeof createSource>

/** One folder a built commit, in `root`. It gets its name when the build is whole. */
export function createSource(ports: StrategyPorts, root: string) {
  const { fetchCommit, checkOut } = createMirror(ports, root)
  const releases = join(root, "releases")
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
    await mkdir(releases, { recursive: true })
    const draft = join(releases, `.building-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
    try {
      await checkOut(commit, draft, call)
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

  return { fetchCommit, build, isBuilt, releaseDirectory }
}

export function howItEnded(end: ProcessEnd, timeoutMs: number): string {
  if (end.timedOut) return `was not done after ${Math.round(timeoutMs / 1_000)} s and was ended`
  if (end.signal) return `was ended by ${end.signal}`
  return `failed with exit code ${end.exitCode}`
}
