import { expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { crashWorld, runOf, stepOf } from "@/lib/testing/world/crash-world"
import type { WorkerProcess } from "@/lib/testing/world/start-worker"

const { world, worker, start, withStrategy, switches, untilItBuilds, expectWhole } = crashWorld()

/** The worker that has the deployment in hand; its process id is part of its name. */
async function holder(id: string, workers: readonly WorkerProcess[]): Promise<WorkerProcess> {
  const { workerId } = await prisma.run.findFirstOrThrow({ where: { releaseId: id, kind: "deploy" } })
  const found = workers.find(({ pid }) => workerId?.split(":").includes(String(pid)))
  if (!found) throw new Error(`no worker of this test is called ${workerId}`)
  return found
}

test("two workers, one claim; told to end, it hands over at once; frozen past its lease and woken, it is refused and stops", async () => {
  const before = await switches()
  // Built on this machine before: only a folder of its own makes it build again, long enough for what happens meanwhile.
  await withStrategy({ directory: `${world().root}/handed-over`, buildEnv: { BUILD_DELAY_MS: "6000" } })
  const two = await Promise.all([worker(), worker()])
  const id = await start("1.1.0")
  await untilItBuilds(id)
  expect(runOf(await world().state(id), "deploy")?.claims, "one claim").toBe(1)

  const told = await holder(id, two)
  const began = performance.now()
  expect(await told.stop()).toBe(0)
  expect(performance.now() - began).toBeLessThan(8_000)
  const claimed = (times: number) => (state: Parameters<typeof runOf>[0]) => runOf(state, "deploy")?.claims === times
  await world().until(id, "the other one holds it", claimed(2), 30_000)
  await untilItBuilds(id)

  const frozen = await holder(id, two)
  expect(frozen.pid).not.toBe(told.pid)
  frozen.signal("SIGSTOP")
  await worker()
  await world().until(id, "a third one holds it", claimed(3), 60_000)
  frozen.signal("SIGCONT")
  await expect.poll(() => frozen.output(), { timeout: 20_000 }).toContain("no longer held here")

  const state = await expectWhole(id, before)
  const build = stepOf(state, "deploy", "deploy-build")
  expect(build?.attempts[0]?.summary).toMatch(/told to end/)
  expect(build?.attempts.at(-1)?.status).toBe("passed")
}, 300_000)

test("two workers, one claim, from the deployment to the verdict", async () => {
  const before = await switches()
  await Promise.all([worker(), worker()])
  const id = await start("1.0.0")
  const state = await expectWhole(id, before)
  expect(runOf(state, "deploy")?.claims).toBe(1)
  const runs = await prisma.run.findMany({ where: { releaseId: id, kind: { in: ["deploy", "verify"] } } })
  expect(runs.map(({ fence }) => fence)).toEqual(runs.map(() => 1))
}, 180_000)
