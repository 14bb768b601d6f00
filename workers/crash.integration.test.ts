import { setTimeout as delay } from "node:timers/promises"
import { expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { crashWorld, runOf, stepOf } from "@/lib/testing/world/crash-world"
import { holdAnswers } from "@/lib/testing/world/hold-answers"

const { world, worker, start, withStrategy, adminUrl, switches, untilItBuilds, expectWhole } = crashWorld()

test("killed while it builds: another worker builds again and goes on to the end", async () => {
  const before = await switches()
  await withStrategy({ buildEnv: { BUILD_DELAY_MS: "3000" } })
  const first = await worker()
  const id = await start("1.1.0")
  await untilItBuilds(id)
  await delay(500)
  first.signal("SIGKILL")
  await worker()
  const state = await expectWhole(id, before)
  const build = stepOf(state, "deploy", "deploy-build")
  expect(build?.attempts.map(({ status }) => status)).toEqual(["interrupted", "passed"])
  expect(runOf(state, "deploy")?.claims).toBeGreaterThan(1)
}, 180_000)

test("killed after the switch and before it knew: the next worker finds it done and adopts it", async () => {
  const before = await switches()
  let isHolding = true
  const way = await holdAnswers(adminUrl(), (req) => isHolding && req.method === "PUT" && req.url === "/live")
  try {
    await withStrategy({ adminUrl: way.url })
    const first = await worker()
    const id = await start("1.0.0")
    await expect.poll(() => way.held(), { timeout: 60_000 }).toBe(1)
    first.signal("SIGKILL")
    isHolding = false
    await worker()
    const state = await expectWhole(id, before)
    expect(stepOf(state, "deploy", "deploy-switch")).toMatchObject({ status: "passed", adopted: true })
  } finally {
    await way.close()
  }
}, 180_000)

test("killed while it watches: the watch goes on and ends when it was to end", async () => {
  const before = await switches()
  await world().changeEnvironment((config) => ({ ...config, timeScale: 0.02 }))
  const first = await worker()
  const id = await start("1.1.0")
  const watching = await world().until(
    id,
    "the watch began",
    (state) => state.verification?.watchEndsAt != null,
    90_000,
  )
  first.signal("SIGKILL")
  await worker()
  const state = await expectWhole(id, before)
  expect(state.verification?.watchEndsAt).toBe(watching.verification?.watchEndsAt)
  expect(state.verification?.verdict).toBe("pass")
  const events = (await world().timeline(id)).map(({ type }) => type)
  for (const type of ["verification.watch_started", "verification.verdict_given"]) {
    expect(
      events.filter((one) => one === type),
      type,
    ).toHaveLength(1)
  }
  const runId = state.verification?.runId
  const samples = await prisma.metricSample.findMany({ where: { runId, metric: "error_rate" } })
  expect(new Set(samples.map(({ at }) => at.getTime())).size, "no interval is stored twice").toBe(samples.length)
}, 180_000)
