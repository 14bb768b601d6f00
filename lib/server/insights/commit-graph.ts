import { join } from "node:path"
import type { CommitGraph } from "@/lib/domain/changes/oldest-commit"
import { mirrorPath } from "@/lib/server/checkout/mirror"
import { runGit } from "@/lib/server/checkout/run-git"
import { env } from "@/lib/server/env"

const FRESH_MS = 60_000
const TIMEOUT_MS = 5_000
const MOST_COMMITS = 200_000

const known = new Map<string, { graph: Promise<CommitGraph>; atMs: number }>()

/** The commits of a repository as far as this machine has them. Nothing is fetched for figures: empty where there is no copy. */
export function commitGraph(repository: string): Promise<CommitGraph> {
  const kept = known.get(repository)
  if (kept && Date.now() - kept.atMs < FRESH_MS) return kept.graph
  const graph = readGraph(repository).catch((): CommitGraph => new Map())
  known.set(repository, { graph, atMs: Date.now() })
  return graph
}

async function readGraph(repository: string): Promise<CommitGraph> {
  const directory = mirrorPath(join(env().WORK_DIR, "mirrors"), repository)
  const args = ["rev-list", "--all", "--parents", "--timestamp", `--max-count=${MOST_COMMITS}`]
  const text = await runGit(args, { directory, signal: AbortSignal.timeout(TIMEOUT_MS) })
  const lines = text.split("\n").filter((line) => line !== "")
  return new Map(
    lines.map((line) => {
      const [seconds = "0", hash = "", ...parents] = line.split(" ")
      return [hash, { parents, atMs: Number(seconds) * 1_000 }]
    }),
  )
}
