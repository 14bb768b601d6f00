import { expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { crashWorld, runOf, stepOf } from "@/lib/testing/world/crash-world"

const { world, worker, start, withStrategy, switches, untilItBuilds, expectWhole } = crashWorld()

test("told to end while it builds: it hands over at once and exits in time", async () => {
  const before = await switches()
  // Built on this machine before: only a folder of its own makes it build again, long enough for a worker to start meanwhile.
  await withStrategy({ directory: `${world().root}/handed-over`, buildEnv: { BUILD_DELAY_MS: "5000" } })
  const first = await worker()
  const id = await start("1.0.0")
  await untilItBuilds(id)
  const second = await worker()
  const began = performance.now()
  const code = await first.stop()
  expect(code).toBe(0)
  expect(performance.now() - began).toBeLessThan(8_000)
  expect(second.pid).not.toBe(first.pid)
  const state = await expectWhole(id, before)
  expect(stepOf(state, "deploy", "deploy-build")?.attempts[0]?.summary).toMatch(/told to end/)
}, 180_000)

test("frozen past its lease and woken again: its writes are refused and it stops", async () => {
  const before = await switches()
  await withStrategy({ directory: `${world().root}/frozen`, buildEnv: { BUILD_DELAY_MS: "4000" } })
  const first = await worker()
  const id = await start("1.1.0")
  await untilItBuilds(id)
  first.signal("SIGSTOP")
  await worker()
  await world().until(id, "another worker holds it", (state) => (runOf(state, "deploy")?.claims ?? 0) > 1, 30_000)
  first.signal("SIGCONT")
  await expect.poll(() => first.output(), { timeout: 20_000 }).toContain("no longer held here")
  await expectWhole(id, before)
}, 180_000)

test("two workers, one claim", async () => {
  const before = await switches()
  await Promise.all([worker(), worker()])
  const id = await start("1.0.0")
  const state = await expectWhole(id, before)
  expect(runOf(state, "deploy")?.claims).toBe(1)
  const runs = await prisma.run.findMany({ where: { releaseId: id, kind: { in: ["deploy", "verify"] } } })
  expect(runs.map(({ fence }) => fence)).toEqual(runs.map(() => 1))
}, 180_000)
