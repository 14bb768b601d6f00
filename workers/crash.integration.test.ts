import { setTimeout as delay } from "node:timers/promises"
import { expect, test } from "vitest"
import { prisma } from "@/lib/server/db"
import { crashWorld, runOf, stepOf } from "@/lib/testing/world/crash-world"
import { holdAnswers } from "@/lib/testing/world/hold-answers"

const { world, worker, start, withStrategy, adminUrl, switches, untilItBuilds, expectWhole } = crashWorld()

/* One go-live is killed three times; `npm run faults` does it at every step and between all of them. */
test("killed while it builds, after the switch before it knew, and while it watches: the next worker goes on each time", async () => {
  const before = await switches()
  await world().changeEnvironment((config) => ({ ...config, timeScale: 0.02 }))
  let isHolding = true
  const way = await holdAnswers(adminUrl(), (req) => isHolding && req.method === "PUT" && req.url === "/live")
  try {
    await withStrategy({ adminUrl: way.url, buildEnv: { BUILD_DELAY_MS: "3000" } })
    const first = await worker()
    const id = await start("1.1.0")
    await untilItBuilds(id)
    await delay(500)
    first.signal("SIGKILL")

    const second = await worker()
    await expect.poll(() => way.held(), { timeout: 90_000 }).toBe(1)
    second.signal("SIGKILL")
    isHolding = false

    const third = await worker()
    const watching = await world().until(
      id,
      "the watch began",
      (state) => state.verification?.watchEndsAt != null,
      120_000,
    )
    third.signal("SIGKILL")

    await worker()
    const state = await expectWhole(id, before)
    const build = stepOf(state, "deploy", "deploy-build")
    expect(
      build?.attempts.map(({ status }) => status),
      "built again",
    ).toEqual(["interrupted", "passed"])
    expect(stepOf(state, "deploy", "deploy-switch"), "found done").toMatchObject({ status: "passed", adopted: true })
    expect(runOf(state, "deploy")?.claims).toBe(3)
    expect(state.verification).toMatchObject({ watchEndsAt: watching.verification?.watchEndsAt, verdict: "pass" })
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
  } finally {
    await way.close()
  }
}, 300_000)
