import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { ReleaseState } from "@/lib/domain/release/state"
import { waitingRounds } from "@/lib/domain/round/waiting-for"
import { decideThreshold } from "@/lib/domain/threshold/decide-threshold"
import { databaseNow } from "@/lib/server/clock"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { judgeRound } from "@/lib/server/rounds/judge-round"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { fireTimer } from "@/lib/server/timers/fire-timer"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { recordGoLive } from "@/lib/testing/world/record-go-live"
import { expectDone } from "@/lib/testing/world/releases"
import { timerHandlers } from "./timer-handlers"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const others = { db_pool: 0.4, oauth_success_rate: 1, queue_depth: 3, latency_p99: 200 }
const rightTime = process.env.GOLIVE_CLOCK_OFFSET_MS

let world: ConsoleWorld
beforeAll(async () => {
  // Of what people look at in the last band one is enough: 40 rounds are judged by hand.
  world = await consoleWorld({
    playbook: ({ monitoring24h, ...written }) => {
      const bands = monitoring24h.bands.map((band) => ({
        ...band,
        items: band.items.filter(({ key }) => key !== "data-integrity" && key !== "resources"),
      }))
      return { ...written, monitoring24h: { bands } }
    },
  })
})
beforeEach(setClockRight)
afterAll(async () => {
  setClockRight()
  await closeConsole()
})

function setClockRight(): void {
  if (rightTime === undefined) delete process.env.GOLIVE_CLOCK_OFFSET_MS
  else process.env.GOLIVE_CLOCK_OFFSET_MS = rightTime
  forgetEnv()
}

/** To just after an instant: ahead or back. */
async function moveClockTo(ms: number): Promise<void> {
  const byMs = ms + 50 - (await databaseNow()).getTime()
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(env().GOLIVE_CLOCK_OFFSET_MS + Math.round(byMs))
  forgetEnv()
}

async function nextTimer(releaseId: string, kind: "round_due" | "after_due") {
  const where = { releaseId, kind, firedAt: null, cancelledAt: null }
  const waiting = await prisma.timer.findMany({ where, orderBy: { dueAt: "asc" } })
  expect(waiting.length, "one timer goes on").toBeLessThanOrEqual(1)
  return waiting[0] ? { ...waiting[0], kind } : null
}

/** As several workers do that look in the same moment. Answers how often it fired. */
async function fire(timer: NonNullable<Awaited<ReturnType<typeof nextTimer>>>, workers: number): Promise<number> {
  const handler = timerHandlers[timer.kind]
  const fired = await Promise.all(Array.from({ length: workers }, () => fireTimer(timer, handler)))
  return fired.filter(Boolean).length
}

async function eventsOf(releaseId: string, ...types: string[]) {
  return prisma.event.findMany({ where: { releaseId, type: { in: types } }, orderBy: { seq: "asc" } })
}
async function countsOf(releaseId: string, ...types: string[]): Promise<number[]> {
  const events = await eventsOf(releaseId, ...types)
  return types.map((type) => events.filter((event) => event.type === type).length)
}

/** Three readings and more for each round, and six an hour of the error rate after the day. `errorsAt` by the minute. */
async function measure(
  given: { releaseId: string; runId: string; fromMs: number },
  errorsAt: (minute: number) => number,
): Promise<void> {
  const { fromMs, ...of } = given
  const readings = Array.from({ length: 73 * 60 }, (_, minute) => minute)
    .filter((minute) => minute <= 240 || (minute <= 1_440 ? minute % 5 === 0 : minute % 10 === 0))
    .flatMap((minute) =>
      Object.entries({ ...(minute <= 240 ? others : {}), error_rate: errorsAt(minute) }).map(([metric, value]) => {
        return { ...of, metric, at: new Date(fromMs + minute * MINUTE_MS), status: "good", value, count: 600 }
      }),
    )
  await prisma.metricSample.createMany({ data: readings })
}

async function judgeAll(releaseId: string, state: ReleaseState): Promise<void> {
  for (const { round, items } of waitingRounds(state, (await databaseNow()).getTime())) {
    for (const { key: itemKey } of items) {
      expectDone(await judgeRound(world.ctx("ops"), releaseId, round.key, { itemKey, ok: true }))
    }
  }
}

test("the first day and the two after it: 64 rounds, one missed, one breach, and people are told of exactly that", async () => {
  const id = await world.release()
  const { state, watchRunId } = await recordGoLive(id)
  expect(state).toMatchObject({ status: "watching", rounds: { ended: null, order: [] } })
  const startMs = Date.parse(state.rounds?.startsAt ?? "")
  const badMinute = 60 + 3 * 15
  const given = { releaseId: id, runId: watchRunId, fromMs: startMs }
  await measure(given, (minute) => (minute === badMinute ? 0.071 : 0.001))

  let rung = 0
  for (let timer = await nextTimer(id, "round_due"); timer; timer = await nextTimer(id, "round_due")) {
    await moveClockTo(timer.dueAt.getTime())
    // Every eighth moment all look at once; in the others one does, and one that was killed comes back with what it knew.
    expect(await fire(timer, rung % 8 === 0 ? 3 : 1)).toBe(1)
    if (rung % 8 === 1) expect(await fire(timer, 1)).toBe(0)
    const now = await readReleaseState(id)
    if (now.rounds?.order.at(-1) !== "first-day-7") await judgeAll(id, now)
    rung += 1
  }
  const kinds = ["planned", "opened", "missed", "ended"].map((what) => `round.${what}`)
  expect(await countsOf(id, ...kinds)).toEqual([1, 64, 1, 1])
  const [missed] = await eventsOf(id, "round.missed")
  expect(missed?.data).toMatchObject({
    roundKey: "first-day-7",
    open: expect.arrayContaining(["Verify all core workflows working"]),
  })
  const { rounds } = await readReleaseState(id)
  expect(Object.values(rounds?.rounds ?? {}).filter(({ status }) => status !== "done")).toHaveLength(1)
  expect(rounds?.order).toHaveLength(64)
  const results = (await eventsOf(id, "round.opened")).flatMap(
    ({ data }) => (data as { results: { ok: unknown }[] }).results,
  )
  // 12 × 4, 12 × 3 and 40 × 1 items of metrics; that of the pool has no limit in the document and asks people.
  expect(results).toHaveLength(12 * 4 + 12 * 3 + 40)
  expect(results.filter(({ ok }) => ok === false)).toEqual([
    { itemKey: "error-rate", ok: false, words: "Error rate 7.1 % (limit 5 %)." },
  ])
  expect(results.filter(({ ok }) => ok === null)).toHaveLength(12)

  const due = await nextTimer(id, "after_due")
  expect(due?.dueAt.getTime()).toBe(startMs + 72 * HOUR_MS)
  await moveClockTo(startMs + 72 * HOUR_MS)
  expect(due && (await fire(due, 3))).toBe(1)
  expect(await countsOf(id, "followup.opened", "followup.done", "followup.due")).toEqual([1, 2, 1])
  const after = (await readReleaseState(id)).followups
  expect(after["after:error-rate"]?.done).toMatchObject({
    by: "Golive",
    note: expect.stringContaining("0.1 % on average"),
  })
  expect(after["after:no-critical-errors"]?.done?.note).toBe(
    "No critical incident and no critical threshold in the first 24 hours.",
  )
  const [told] = await eventsOf(id, "followup.due")
  expect(told?.data).toMatchObject({
    left: [
      { title: "Performance metrics are stable", words: null },
      {},
      {},
      {},
      {},
      { words: "No review is scheduled." },
    ],
  })
}, 120_000)

test("the console is down from the third round to the day after; a critical threshold makes one incident", async () => {
  const id = await world.release()
  const { state, watchRunId } = await recordGoLive(id)
  const startMs = Date.parse(state.rounds?.startsAt ?? "")
  for (const minute of [5, 10]) {
    await moveClockTo(startMs + minute * MINUTE_MS)
    const timer = await nextTimer(id, "round_due")
    expect(timer && (await fire(timer, 1))).toBe(1)
  }
  // Nothing measured: nothing is fine, and people are asked.
  const opened = await eventsOf(id, "round.opened")
  const [first] = opened.map(({ data }) => (data as { results: { ok: unknown; words: string }[] }).results)
  expect(first?.map(({ ok }) => ok)).toEqual([null, null, null, null])
  expect(first?.[0]?.words).toBe("Error rate: nothing measured it. Look yourself.")
  expect(await countsOf(id, "round.missed")).toEqual([1])

  const threshold = { level: "critical", key: "error-rate", title: "Error rate > 10%" } as const
  const actor = { type: "worker", id: "test", runId: watchRunId } as const
  const breach = () =>
    withRelease(id, (hand) =>
      decideThreshold(hand.state, { threshold, now: { is: "breached", words: "20 % now." } }, actor),
    )
  await Promise.all([breach(), breach()])
  expect(await countsOf(id, "threshold.breached", "incident.declared")).toEqual([1, 1])
  expect(await prisma.incident.findMany({ where: { releaseId: id } })).toMatchObject([{ severity: "critical" }])

  const timer = await nextTimer(id, "round_due")
  await moveClockTo(startMs + 26 * HOUR_MS)
  // It dies after its decision and before the commit: nothing is left of it.
  const dies = { decide: async () => Promise.reject(new Error("killed")) }
  if (timer) await expect(fireTimer(timer, dies)).rejects.toThrow("killed")
  expect(timer && (await fire(timer, 3))).toBe(1)
  expect(await countsOf(id, "round.opened", "round.missed", "round.ended")).toEqual([2, 64, 1])
  expect(await nextTimer(id, "round_due")).toBeNull()

  const due = await nextTimer(id, "after_due")
  await moveClockTo(startMs + 72 * HOUR_MS)
  expect(due && (await fire(due, 1))).toBe(1)
  const { followups } = await readReleaseState(id)
  expect(followups["after:no-critical-errors"]).toMatchObject({
    ...{ done: null, found: { words: "In the first 24 hours: Error rate > 10%." } },
  })
  expect(followups["after:error-rate"]?.found?.words).toBe("Error rate: nothing was measured in the last 24 hours.")
}, 60_000)

test("a rollback and a close end the rounds and the list: no timer is left", async () => {
  const id = await world.release()
  await recordGoLive(id)
  const [first] = [await nextTimer(id, "round_due")]
  expect(first).not.toBeNull()
  const actor = { type: "console", reason: "test" } as const
  await withRelease(
    id,
    () => ({ ok: true, events: [{ type: "release.closed", actor, data: { note: "Superseded" } }] }),
    { lockEnvironment: true },
  )
  expect([await nextTimer(id, "round_due"), await nextTimer(id, "after_due")]).toEqual([null, null])
  await moveClockTo((first?.dueAt.getTime() ?? 0) + HOUR_MS)
  expect(first && (await fire(first, 2))).toBe(0)
  expect(await countsOf(id, "round.opened", "round.ended")).toEqual([0, 1])
})
