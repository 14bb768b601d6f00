import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { CheckPorts } from "../ports"
import { checkSizeBytes } from "../size"
import type { SecretsScanConfig } from "./definition"
import { pathspecs } from "./tracked-files"

export interface Added {
  commit: string
  file: string
  /** The added lines, one after the other. */
  text: string
  /** Which line of the file each of them is. */
  lines: number[]
}

/**
 * The lines that the last commits up to what is released added, commit by commit, newest first. A fresh checkout has no
 * history, so the commits are fetched again.
 */
export async function* readHistory(
  config: SecretsScanConfig,
  commits: number,
  ports: CheckPorts,
): AsyncGenerator<Added> {
  const root = await ports.directory()
  const head = (await ports.git(["rev-parse", "HEAD"], root)).trim()
  const directory = join(await ports.scratch(), "history")
  await mkdir(directory, { recursive: true })
  const git = (...args: string[]) => ports.git(args, directory)
  await git("init", "--quiet", "--bare")
  await fetchHistory(head, commits, ports, git)
  // What is larger counts as binary, and is not in the differences.
  const limit = `core.bigFileThreshold=${checkSizeBytes(config.largestFile)}`
  const how = [
    "--root",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--unified=0",
    "--diff-filter=AM",
  ]
  const list = (await git("rev-list", `--max-count=${commits}`, head)).split("\n").filter((line) => line !== "")
  for (const commit of list) {
    ports.signal.throwIfAborted()
    const quote = ["-c", "core.quotePath=false", "-c", limit]
    yield* parse(
      commit,
      await git(...quote, "diff-tree", "-r", "-p", "--no-commit-id", ...how, commit, ...pathspecs(config)),
    )
  }
}

async function fetchHistory(
  head: string,
  commits: number,
  { repository, signal }: CheckPorts,
  git: (...args: string[]) => Promise<string>,
): Promise<void> {
  if (repository === null) throw new Error("The environment names no repository")
  const fetch = (...wanted: string[]) =>
    git("fetch", "--quiet", "--no-tags", "--no-auto-maintenance", "--no-write-fetch-head", ...wanted)
  try {
    // One more than is looked at: a commit without a parent would seem to have added everything.
    await fetch(`--depth=${commits + 1}`, "--", repository, head)
  } catch {
    signal.throwIfAborted()
    // Some servers hand out a commit only with the branch or tag that leads to it.
    await fetch("--", repository, "+refs/heads/*:refs/fetched/heads/*", "+refs/tags/*:refs/fetched/tags/*")
  }
}

function* parse(commit: string, diff: string): Generator<Added> {
  let file: string | null = null
  let added: string[] = []
  let lines: number[] = []
  let at = 0
  let left = 0
  const flush = function* (): Generator<Added> {
    if (file !== null && added.length > 0) yield { commit, file, text: added.join("\n"), lines }
    added = []
    lines = []
  }
  for (const line of diff.split("\n")) {
    if (left > 0 && line.startsWith("+")) {
      added.push(line.slice(1))
      lines.push(at)
      at += 1
      left -= 1
      continue
    }
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line)
    if (hunk) {
      at = Number(hunk[1])
      left = Number(hunk[2] ?? 1)
    } else if (line.startsWith("+++ ")) {
      yield* flush()
      file = line.replace(/^\+\+\+ "?b\//, "").replace(/["\t]+$/, "")
    }
  }
  yield* flush()
}
