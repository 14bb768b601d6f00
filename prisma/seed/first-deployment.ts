import { mkdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { simpleGit } from "simple-git"
import type { Env } from "@/lib/server/env"
import { createLocalHostClient } from "@/lib/strategies/local/host/client"
import { serviceEnvironment } from "./service"

const VERSION = "1.0.0"
const BUILD_TIMEOUT_MS = 120_000

/** Makes v1.0.0 of the sample service live, so that there is something to replace. What is live already stays. */
export async function deployFirstVersion(settings: Env): Promise<void> {
  const { LOCAL_HOST_ADMIN_URL: adminUrl, LOCAL_HOST_PROXY_URL: baseUrl, SAMPLE_REPOSITORY: repository } = settings
  if (!adminUrl || !baseUrl || !repository) return
  const host = createLocalHostClient({ adminUrl, token: settings.LOCAL_HOST_ADMIN_TOKEN })
  if ((await host.state()).live) return
  const commit = (await simpleGit(repository).revparse([`v${VERSION}^{commit}`])).trim()
  const root = join(settings.LOCAL_HOST_DATA_DIR ?? join(settings.GOLIVE_DATA_DIR, "local-host"), "first-version")
  const directory = await build(repository, commit, root)
  const deploymentId = `${VERSION}-${commit.slice(0, 12)}`
  await host.start(deploymentId, {
    directory,
    command: ["node", "dist/server.js"],
    version: VERSION,
    commit,
    env: serviceEnvironment(baseUrl),
  })
  await host.waitUntilRunning(deploymentId)
  await host.setLive({ deploymentId, expect: null })
}

/** Built beside and renamed when whole: what a start that was cut off left behind is not taken for a build. */
async function build(repository: string, commit: string, root: string): Promise<string> {
  const directory = join(root, commit)
  if (await stat(directory).catch(() => null)) return directory
  const draft = join(root, `.draft-${process.pid}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(root, { recursive: true })
  try {
    await simpleGit().clone(repository, draft, ["--quiet", "--no-checkout"])
    await simpleGit(draft).checkout(["--quiet", "--detach", commit])
    const env = { COMMIT_SHA: commit, PATH: process.env.PATH, HOME: process.env.HOME }
    await execa("npm", ["run", "build"], { cwd: draft, env, extendEnv: false, timeout: BUILD_TIMEOUT_MS })
    await rename(draft, directory)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return directory
}
