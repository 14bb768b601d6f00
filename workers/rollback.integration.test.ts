import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { ReleaseState } from "@/lib/domain/release/state"
import { type ThresholdState, thresholdId } from "@/lib/domain/threshold/threshold-state"
import { prisma } from "@/lib/server/db"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { unlockEnvironment } from "@/lib/server/environment/unlock-environment"
import { patchFollowup } from "@/lib/server/followups/patch-followup"
import { closeRelease } from "@/lib/server/releases/close-release"
import { startRollback } from "@/lib/server/rollback/start-rollback"
import { stopRollback } from "@/lib/server/rollback/stop-rollback"
import { expectDone } from "@/lib/testing/world/releases"
import { startWorld, type World } from "@/lib/testing/world/start-world"

let world: World

beforeAll(async () => {
  world = await startWorld({
    queue: "redis",
    latencyLimits: "triggers_written",
    // Every path reads from the data store, which is what 1.2.0 gets wrong under load.
    environment: (config) => ({
      ...config,
      timeScale: 0.02,
      probe: { ...config.probe, ratePerSecond: 20, intervalMs: 500, paths: ["/", "/api/ping", "/api/auth/status"] },
    }),
  })
  await world.startWorker()
}, 120_000)
afterAll(() => world?.close())

beforeEach(async () => {
  const { lockedAt } = await prisma.environment.findFirstOrThrow({ where: { key: "production" } })
  if (lockedAt) {
    expectDone(
      await unlockEnvironment(
        await world.as("devops"),
        { service: "postd", environment: "production" },
        { reason: "Next exercise" },
      ),
    )
  }
})

async function deployBad(): Promise<string> {
  const id = await world.readyRelease("1.2.0")
  expectDone(await startDeploy(await world.as("devops"), id, {}))
  return id
}

async function expectRolledBack(id: string, switchesBefore: number): Promise<ReleaseState> {
  const state = await world.until(id, "it is rolled back", ({ status }) => status === "rolled_back", 90_000)
  const host = await world.host.state()
  expect(host.live?.version).toBe("1.0.0")
  expect(host.switches.length).toBe(switchesBefore + 2)
  expect(await (await fetch(`${world.proxyUrl}/health`)).json()).toMatchObject({ version: "1.0.0" })
  expect(state.rollback).toMatchObject({ status: "done" })
  expect(state.rollback?.stopwatchMs).toBeGreaterThan(0)
  expect(state.rollback?.doesNotUndo.length).toBeGreaterThan(0)
  expect(state.live?.version).toBe("1.0.0")
  const environment = await prisma.environment.findFirstOrThrow({ where: { key: "production" } })
  const { by, reason } = state.rollback ?? {}
  expect(environment.lockReason).toBe(`POSTD 1.2.0 was rolled back by ${by}: ${reason}`)
  expect(environment.activeRunId).toBeNull()
  const open = state.runOrder.filter((run) => state.runs[run]?.finishedAt === null)
  expect(open, "only the watch over what is live again goes on").toEqual([state.rollback?.watch?.runId])
  const events = await world.timeline(id)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  return state
}

const switches = async () => (await world.host.state()).switches.length

test("1.2.0 breaches under load and counts down; the worker is killed meanwhile, and it goes back at its time, once", async () => {
  const before = await switches()
  const id = await deployBad()
  const counting = await world.until(id, "it counts down", ({ rollback }) => rollback?.status === "counting", 120_000)
  expect(counting.rollback?.reason).toMatch(/Error rate|Response time/)
  await world.killWorkers()
  expect((await world.host.state()).live?.version).toBe("1.2.0")
  await world.startWorker()
  const state = await expectRolledBack(id, before)
  expect(Date.parse(state.rollback?.decidedAt ?? "")).toBe(Date.parse(counting.rollback?.executesAt ?? ""))

  const keys = ["verify-previous", "monitor", "alert-team", "investigate", "fix", "pull-request"]
  const events = (await world.timeline(id)).map(({ type }) => type)
  const once = ["rollback.countdown_started", "rollback.decided", "rollback.verified", "round.planned", "round.ended"]
  for (const type of [...once, "incident.declared"]) {
    expect(
      events.filter((one) => one === type),
      type,
    ).toHaveLength(1)
  }
  const followups = Object.values(state.followups).filter(({ list }) => list === "post_rollback")
  const inOrder = followups.sort((a, b) => a.position - b.position)
  expect(inOrder.map(({ key }) => key)).toEqual(keys.map((key) => `post-rollback:${key}`))
  expect(state.followups["post-rollback:verify-previous"]?.done?.note).toMatch(/live again and verified/)
  const watched = await world.until(id, "it was watched", ({ rollback }) => rollback?.watch?.verdict != null, 60_000)
  expect(watched.rollback?.watch, watched.rollback?.watch?.reasons.join(" ")).toMatchObject({ verdict: "pass" })
  // Each breach of an alert threshold was told of once, and so was its end.
  const alarms = (await world.timeline(id)).filter(({ type }) => type.startsWith("threshold."))
  for (const threshold of Object.values(watched.thresholds)) {
    const told = alarms.filter(({ data }) => thresholdId(data as ThresholdState) === thresholdId(threshold))
    expect(told.map(({ type }) => type)).toEqual(
      told.map((_, n) => `threshold.${n % 2 === 0 ? "breached" : "cleared"}`),
    )
  }
  expect(watched.followups["post-rollback:monitor"]?.done).toMatchObject({ by: "Golive" })

  const lead = await world.as("lead")
  const key = "post-rollback:investigate"
  const { id: userId } = await prisma.user.findFirstOrThrow({ where: { disabledAt: null } })
  expectDone(await patchFollowup(lead, id, key, { revision: 0, assigneeId: userId }))
  expect(await patchFollowup(lead, id, key, { revision: 0, done: true })).toMatchObject({
    ok: false,
    refusal: { code: "stale" },
  })
  expectDone(await closeRelease(lead, id, { note: "Rolled back" }))
  const { release } = expectDone(await patchFollowup(lead, id, key, { revision: 1, done: true, note: "A slow query" }))
  expect(release.followups[key]).toMatchObject({ assignee: { id: userId }, done: { note: "A slow query" } })
}, 240_000)

test("a stopped countdown leaves the version live and the triggers armed; then a person takes it back by hand", async () => {
  await world.changeEnvironment((config) => ({ ...config, timeScale: 0.1 }))
  const before = await switches()
  const id = await deployBad()
  await world.until(id, "it counts down", ({ rollback }) => rollback?.status === "counting", 180_000)
  expectDone(await stopRollback(await world.as("ops"), id, { reason: "We want to look first" }))
  const stopped = await world.until(id, "it is stopped", ({ rollback }) => rollback?.status === "stopped")
  expect(Object.values(stopped.triggers).some(({ armed }) => armed)).toBe(true)
  expect((await world.host.state()).live?.version).toBe("1.2.0")
  expectDone(await startRollback(await world.as("ops"), id, { reason: "Users report errors" }))
  const state = await expectRolledBack(id, before)
  expect(state.rollback?.reason).toBe("Users report errors")
}, 300_000)
