import { isAbsolute } from "node:path"
import { fileURLToPath } from "node:url"
import type { CheckPorts } from "../ports"
import type { Repository } from "./read-repository"

export interface Tip {
  branch: string
  commit: string
}

/**
 * Throws an Error in words where the remote may not be asked: only this machine, and what an environment names as its
 * repository (or as that one's origin).
 */
export function assertReachable(repository: string, { origin }: Repository, ports: CheckPorts): void {
  if (origin === null || repository === ports.repository || origin === ports.repository) return
  if (isAbsolute(origin) || isLocalUrl(origin)) return
  throw new Error("Over the network only the environment's own repository is asked, and its origin")
}

function isLocalUrl(url: string): boolean {
  try {
    return isAbsolute(fileURLToPath(url))
  } catch {
    return false
  }
}

/** The branches of the remote as it is now. */
export async function readTips({ git }: Repository): Promise<Tip[]> {
  const lines = (await git("ls-remote", "--heads", "origin")).split("\n")
  return lines.flatMap((line) => {
    const [commit, name] = line.split("\t")
    return commit && name ? [{ commit, branch: name.replace(/^refs\/heads\//, "") }] : []
  })
}

export async function isKnown(commit: string, { ask }: Repository): Promise<boolean> {
  return (await ask("rev-parse", "--verify", "--quiet", `${commit}^{commit}`)) !== ""
}

/** Their commits come to where this check looks and no further: whoever works in the folder sees no difference. */
export async function fetchTips(tips: readonly Tip[], { git }: Repository): Promise<void> {
  await git(
    ...["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--refmap="],
    ...["origin", ...tips.map(({ branch }) => `refs/heads/${branch}`)],
  )
}
