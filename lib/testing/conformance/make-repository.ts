import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** A real git repository with a bare origin, both in a folder of their own. */
export async function makeRepository(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), "golive-repository-"))
  const directory = join(root, "work")
  const origin = join(root, "origin.git")
  const git = async (...args: string[]) => (await run("git", ["-C", directory, ...args])).stdout.trim()

  async function commit(changes: Record<string, string>, message = "Change"): Promise<string> {
    for (const [name, text] of Object.entries(changes)) {
      await mkdir(dirname(join(directory, name)), { recursive: true })
      await writeFile(join(directory, name), text)
    }
    await git("add", "--all")
    await git("commit", "--quiet", "--allow-empty", "-m", message)
    return git("rev-parse", "HEAD")
  }

  await mkdir(directory)
  await run("git", ["init", "--quiet", "--bare", "--initial-branch=main", origin])
  await git("init", "--quiet", "--initial-branch=main")
  await git("config", "user.name", "Tess Test")
  await git("config", "user.email", "tess@example.com")
  await git("remote", "add", "origin", origin)
  const first = await commit(files, "First")
  await git("push", "--quiet", "origin", "main")
  return { root, directory, origin, git, commit, first, remove: () => rm(root, { recursive: true, force: true }) }
}
