import { execFile } from "node:child_process"
import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { tryFault } from "./fault-trial"

const run = promisify(execFile)

let world: World
let small: string

beforeAll(async () => {
  world = await startWorld({ queue: "postgres" })
  small = join(world.root, "small")
  await mkdir(small)
  // A disk of its own that fills up at once; who runs this needs the right to mount one.
  await run("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", small])
}, 120_000)
afterAll(async () => {
  await run("umount", [small]).catch(() => undefined)
  await world?.close()
})

test("the disk of the work folder is full: the step says so, the earlier version stays, and later it works", {
  timeout: 240_000,
}, async () => {
  await writeFile(join(small, "full"), Buffer.alloc(250_000))
  await world.changeEnvironment((config) => ({
    ...config,
    strategy: { ...config.strategy, config: { ...config.strategy.config, directory: join(small, "builds") } },
  }))
  const worker = await world.startWorker()
  const id = await world.readyRelease("1.1.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  const failed = await world.until(
    id,
    "the deployment failed",
    (state) => Object.values(state.runs).some(({ kind, finishedAt }) => kind === "deploy" && finishedAt !== null),
    90_000,
  )
  expect(failed.status).toBe("preparing")
  const outcome = Object.values(failed.runs).find(({ kind }) => kind === "deploy")?.outcome
  expect(outcome).toMatch(/no space left|ENOSPC|disk/i)
  expect((await world.host.maintenance()).on).toBe(false)
  expect(worker.output()).not.toContain("uncaught")
  await worker.stop()
  await rm(join(small, "full"))
  await world.changeEnvironment((config) => ({
    ...config,
    strategy: { ...config.strategy, config: { ...config.strategy.config, directory: join(world.root, "builds") } },
  }))
  await tryFault(
    world,
    { fault: "disk full, then not", at: "deploy-checkout", version: "1.1.0" },
    async () => undefined,
  )
})
