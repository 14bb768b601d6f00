import { randomBytes } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { StrategyCall, StrategyPorts } from "../contract"
import { createMirror } from "../parts/mirror"

export type Source = ReturnType<typeof createSource>

/** One commit at a time as plain files: what the engine builds from is sent to it, nothing of it has to stay. */
export function createSource(ports: StrategyPorts, root: string) {
  const { fetchCommit, checkOut } = createMirror(ports, root)

  /** Lends the files of a commit in a folder that is gone afterwards. */
  async function withFiles<T>(commit: string, call: StrategyCall, work: (directory: string) => Promise<T>): Promise<T> {
    const directory = join(root, `files-${commit.slice(0, 12)}-${randomBytes(4).toString("hex")}`)
    try {
      await checkOut(commit, directory, call, ["--shared"])
      return await work(directory)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }

  return { fetchCommit, withFiles }
}
