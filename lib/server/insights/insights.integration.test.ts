import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { spreadOf } from "@/lib/domain/insights/spread"
import type { Actor } from "@/lib/domain/timeline/actor"
import { GENESIS_HASH } from "@/lib/domain/timeline/chain"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import type { Prisma } from "@/prisma/generated/client/client"
import { readInsights } from "./read-insights"

const DAY_MS = 86_400_000
const FROM_MS = Date.UTC(2026, 5, 1)
const TO_MS = FROM_MS + 28 * DAY_MS
const span = { from: new Date(FROM_MS).toISOString(), to: new Date(TO_MS).toISOString() }
const ITEMS = ["one", "two", "three"]
const ROLES: SignoffRole[] = ["tech_lead", "devops"]

interface Told {
  releaseId: string
  seq: number
  type: string
  atMs: number
  actor: Actor
  data: Record<string, unknown>
}
interface Seeded {
  id: string
  createdMs: number
  events: Told[]
  incidents: { severity: string; startedMs: number; resolvedMs: number | null }[]
}

let world: ConsoleWorld
const seeded: Seeded[] = []
const runs: { id: string; releaseId: string; createdMs: number }[] = []

/** The same numbers each time. */
let state = 7
const random = () => {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}
const below = (most: number) => Math.floor(random() * most)

beforeAll(async () => {
  world = await consoleWorld()
  for (let n = 0; n < 40; n++) seeded.push(seedRelease(FROM_MS - 28 * DAY_MS + below(56 * DAY_MS)))
  const template = await prisma.release.findUniqueOrThrow({ where: { id: await world.release() } })
  const releases = seeded.map(({ id, createdMs }) => {
    const createdAt = new Date(createdMs)
    return { ...template, id, createdAt, updatedAt: createdAt, state: template.state as Prisma.InputJsonValue }
  })
  await prisma.release.createMany({ data: releases })
  await prisma.run.createMany({
    data: runs.map(({ id, releaseId, createdMs }) => ({
      id,
      releaseId,
      kind: "check",
      input: {},
      createdAt: new Date(createdMs),
    })),
  })
  const hashOf = (id: string, seq: number) => (seq === 0 ? GENESIS_HASH : sha256Hex(`${id} ${seq}`))
  await prisma.event.createMany({
    data: seeded.flatMap(({ events }) =>
      events.map(({ atMs, data, actor, ...event }) => ({
        ...event,
        ...{ id: randomUUID(), at: new Date(atMs), data: data as Prisma.InputJsonObject, actor },
        ...{ prevHash: hashOf(event.releaseId, event.seq - 1), hash: hashOf(event.releaseId, event.seq) },
      })),
    ),
  })
  await prisma.incident.createMany({
    data: seeded.flatMap(({ id, incidents }) =>
      incidents.map(({ severity, startedMs, resolvedMs }, n) => ({
        ...{ id: randomUUID(), releaseId: id, serviceId: world.service.id, environmentId: world.environment.id },
        ...{ number: n + 1, title: "x", severity, status: resolvedMs === null ? "open" : "resolved" },
        ...{ startedAt: new Date(startedMs), resolvedAt: resolvedMs === null ? null : new Date(resolvedMs) },
      })),
    ),
  })
})
afterAll(closeConsole)

function seedRelease(createdMs: number): Seeded {
  const id = randomUUID()
  const events: Told[] = []
  let atMs = createdMs
  const console_: Actor = { type: "console", reason: "seeded" }
  const tell = (type: string, data: Record<string, unknown>, actor: Actor = console_) => {
    atMs += 1 + below(3_600_000)
    events.push({ releaseId: id, seq: events.length + 1, type, atMs, actor, data })
  }
  tell("release.created", { items: ITEMS.map((key) => ({ key })) })
  const check = () => {
    const run = { id: randomUUID(), releaseId: id, createdMs: atMs + 1 }
    runs.push(run)
    const type = random() < 0.3 ? "checklist.item_failed" : "checklist.item_passed"
    tell(type, { itemKey: ITEMS[below(3)] }, { type: "worker", id: "w", runId: run.id })
  }
  for (let n = below(12); n >= 0; n--) {
    const what = random()
    if (what < 0.6) check()
    else if (what < 0.75) tell("signoff.signed", { role: ROLES[below(2)] })
    else if (what < 0.85) tell("checklist.item_waived", { itemKey: ITEMS[below(3)], reason: "x" })
    else tell("checklist.item_reopened", { itemKey: ITEMS[below(3)], note: null })
  }
  for (const itemKey of ITEMS) if (random() < 0.7) tell("checklist.item_not_applicable", { itemKey, reason: "x" })
  for (const role of ROLES) tell("signoff.signed", { role })
  const incidents: Seeded["incidents"] = []
  if (random() < 0.75) {
    tell("deployment.switched", { from: null, to: { version: "1.1.0", commit: null } })
    if (random() < 0.4) {
      const severity = ["critical", "high", "medium", "low"][below(4)] ?? "low"
      const startedMs = atMs + below(3_600_000)
      incidents.push({ severity, startedMs, resolvedMs: random() < 0.8 ? startedMs + below(7_200_000) : null })
    }
    if (random() < 0.25) {
      tell("rollback.decided", {})
      tell("deployment.switched", { from: null, to: { version: "1.0.0", commit: null } })
      tell("rollback.verified", { stopwatchMs: below(600_000) })
    }
    if (random() < 0.5) tell("release.closed", { note: null })
  }
  return { id, createdMs, events, incidents }
}

/** The definitions, word by word, event by event. */
function slowly(fromMs: number, toMs: number) {
  const within = (ms: number) => ms >= fromMs && ms < toMs
  const first = (release: Seeded, type: string) => release.events.find((event) => event.type === type)?.atMs ?? null
  const live = seeded.filter((release) => within(first(release, "deployment.switched") ?? -1))
  const failed = live.filter((release) => {
    const [liveMs, closedMs] = [first(release, "deployment.switched") ?? 0, first(release, "release.closed")]
    const grave = release.incidents.some(
      ({ severity, startedMs }) =>
        (severity === "critical" || severity === "high") &&
        startedMs >= liveMs &&
        startedMs < (closedMs ?? Number.POSITIVE_INFINITY),
    )
    return grave || first(release, "rollback.decided") !== null
  })
  const incidents = seeded
    .flatMap((release) => release.incidents)
    .filter(({ severity, startedMs }) => (severity === "critical" || severity === "high") && within(startedMs))
  const waits = ROLES.map((role) => ({
    role,
    waited: spreadOf(
      seeded.flatMap(({ events, createdMs }) =>
        events.flatMap((event, index) => {
          if (event.type !== "signoff.signed" || event.data.role !== role || !within(event.atMs)) return []
          return [event.atMs - (completeSince(events.slice(0, index)) ?? createdMs)]
        }),
      ),
    ),
  }))
  const checks = ITEMS.map((itemKey) => ({ itemKey, ...checksOf(itemKey, within) })).filter(({ runs }) => runs > 0)
  const weeks = (toMs - fromMs) / (7 * DAY_MS)
  return {
    figures: {
      live: live.length,
      perWeek: live.length / weeks,
      failed: failed.length,
      failureRate: failed.length / live.length,
      leadFromRelease: spreadOf(
        live.map((release) => (first(release, "deployment.switched") ?? 0) - release.createdMs),
      ),
      leadFromCommit: null,
      restore: spreadOf(
        incidents.flatMap(({ startedMs, resolvedMs }) => (resolvedMs === null ? [] : [resolvedMs - startedMs])),
      ),
      unresolved: incidents.filter(({ resolvedMs }) => resolvedMs === null).length,
      rollback: spreadOf(
        seeded.flatMap(({ events }) =>
          events.flatMap(({ type, atMs, data }) =>
            type === "rollback.verified" && within(atMs) ? [Number(data.stopwatchMs)] : [],
          ),
        ),
      ),
    },
    waits,
    checks,
  }
}

function completeSince(events: readonly Told[]): number | null {
  const clear = new Set<unknown>()
  let since: number | null = null
  for (const { type, data, atMs } of events) {
    if (!type.startsWith("checklist.")) continue
    const was = clear.size === ITEMS.length
    if (type === "checklist.item_failed" || type === "checklist.item_reopened") clear.delete(data.itemKey)
    else clear.add(data.itemKey)
    const is = clear.size === ITEMS.length
    if (is && !was) since = atMs
    if (!is) since = null
  }
  return since
}

function checksOf(itemKey: string, within: (ms: number) => boolean) {
  const counts = { runs: 0, failures: 0, flips: 0 }
  for (const { events } of seeded) {
    let last: string | null = null
    for (const { type, actor, data, atMs } of events) {
      if (actor.type !== "worker" || data.itemKey !== itemKey) continue
      if (within(atMs)) {
        counts.runs += 1
        if (type === "checklist.item_failed") counts.failures += 1
        if (last !== null && last !== type && within(atMs)) counts.flips += 1
      }
      last = type
    }
  }
  return counts
}

test("the figures are those of the definitions, in the span and in the one before", async () => {
  const insights = expectDone(await readInsights(world.ctx("viewer"), { service: world.service.key, ...span }))
  const [now, then] = [slowly(FROM_MS, TO_MS), slowly(FROM_MS - 28 * DAY_MS, FROM_MS)]
  expect(insights.figures).toEqual(close(now.figures))
  expect(insights.previous).toEqual(close(then.figures))
  for (const { role, waited } of now.waits) {
    const found = insights.signoffs.find((one) => one.role === role)
    expect(found?.waited, role).toEqual(close(waited))
    expect(found?.before, role).toEqual(close(then.waits.find((one) => one.role === role)?.waited))
  }
  const checks = insights.checks.map(({ itemKey, runs, failures, flips }) => ({ itemKey, runs, failures, flips }))
  const byKey = (a: { itemKey: string }, b: { itemKey: string }) => (a.itemKey < b.itemKey ? -1 : 1)
  expect([...checks].sort(byKey)).toEqual([...now.checks].sort(byKey))
  expect(checks.map(({ flips }) => flips)).toEqual(checks.map(({ flips }) => flips).sort((a, b) => b - a))
  expect(insights.checks.every(({ medianMs, p90Ms }) => medianMs !== null && p90Ms !== null && p90Ms >= medianMs)).toBe(
    true,
  )
  expect(insights.weeks.reduce((sum, week) => sum + week.live, 0)).toBe(now.figures.live)
  expect(insights.weeks.reduce((sum, week) => sum + week.failed, 0)).toBe(now.figures.failed)
  expect(now.figures.live, "there is something to compare").toBeGreaterThan(5)
  expect(now.figures.failed).toBeGreaterThan(1)
})

/** Sums of fractions differ in their last bits. */
function close(value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) return expect.closeTo(value, 3)
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, close(part)]))
}

test("where nothing happened there is no nought that looks like a measurement", async () => {
  const query = { service: world.service.key, from: "2019-01-01T00:00:00Z", to: "2019-02-01T00:00:00Z" }
  const insights = expectDone(await readInsights(world.ctx("viewer"), query))
  expect(insights.figures).toEqual({
    ...{ live: 0, perWeek: null, leadFromRelease: null, leadFromCommit: null, failed: 0, failureRate: null },
    ...{ restore: null, unresolved: 0, rollback: null },
  })
  expect(insights.checks).toEqual([])
  expect(insights.signoffs.every(({ waited }) => waited === null)).toBe(true)
})

test("a span has an end after its beginning; a service has to be there; a person has to be known", async () => {
  const backwards = await readInsights(world.ctx("viewer"), { from: span.to, to: span.from })
  expect(backwards).toMatchObject({ ok: false, refusal: { code: "invalid", field: "to" } })
  const long = await readInsights(world.ctx("viewer"), { from: "2020-01-01T00:00:00Z", to: span.to })
  expect(long).toMatchObject({ ok: false, refusal: { code: "invalid", field: "from" } })
  expect(await readInsights(world.ctx("viewer"), { service: "nowhere" })).toMatchObject({
    refusal: { code: "not_found" },
  })
  expect(await readInsights(world.nobody, {})).toMatchObject({ refusal: { code: "unauthenticated" } })
  const token = world.tokenCtx("viewer", ["read"])
  expect(expectDone(await readInsights(token, { service: world.service.key })).service?.key).toBe(world.service.key)
})
