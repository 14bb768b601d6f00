import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { acknowledgeIncident } from "@/lib/server/incident/acknowledge-incident"
import { changeSeverity } from "@/lib/server/incident/change-severity"
import { reopenIncident } from "@/lib/server/incident/reopen-incident"
import { resolveIncident } from "@/lib/server/incident/resolve-incident"
import { findDueTimers } from "@/lib/server/timers/find-due-timers"
import { fireTimer } from "@/lib/server/timers/fire-timer"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { incidentWorld, slowCountdown } from "@/lib/testing/world/incident-world"
import { expectDone } from "@/lib/testing/world/releases"
import { auditEscalations } from "../incidents/escalation-auditor"
import { timerHandlers } from "./timer-handlers"

const MINUTE_MS = 60_000
const rightTime = process.env.GOLIVE_CLOCK_OFFSET_MS

let world: ConsoleWorld
const { live, declare, onCall, incident, turns, paged, state, events } = incidentWorld(() => world)

beforeAll(async () => {
  world = await consoleWorld({ playbook: slowCountdown })
})
beforeEach(async () => {
  await prisma.oncallOverride.deleteMany()
  await prisma.oncallRota.deleteMany()
})
afterAll(async () => {
  process.env.GOLIVE_CLOCK_OFFSET_MS = rightTime
  forgetEnv()
  await closeConsole()
})

async function everybodyOnCall(): Promise<void> {
  await onCall("on-call", "ops")
  await onCall("backend-lead", "tech_lead")
  await onCall("cto", "admin")
}
const ops = () => world.ctx("ops")

/** Lets time pass in the console, and several workers see at the same moment what is due. */
async function pass(minutes: number, releaseId: string): Promise<void> {
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(env().GOLIVE_CLOCK_OFFSET_MS + minutes * MINUTE_MS)
  forgetEnv()
  await fire(releaseId)
}
async function fire(releaseId: string, workers = 3): Promise<number> {
  const due = (await findDueTimers(1_000)).filter(
    (timer) => timer.releaseId === releaseId && timer.kind.startsWith("incident_"),
  )
  const fired = await Promise.all(
    Array.from({ length: workers }, () => Promise.all(due.map((timer) => fireTimer(timer, timerHandlers[timer.kind])))),
  )
  return fired.flat().filter(Boolean).length
}
const resolve = async (id: string, incidentId: string) =>
  expectDone(await resolveIncident(ops(), { id, incidentId }, { how: "fixed", words: "Repaired" }))
const row = (incidentId: string) => prisma.incident.findUniqueOrThrow({ where: { id: incidentId } })

test("nobody acknowledges: on-call at 0, the lead at 5, the rollback at 10, the CTO at 15, each once", async () => {
  await everybodyOnCall()
  const id = await live()
  const incidentId = await declare(id)
  const at: [number, string[]][] = []
  for (const minutes of [0, 4, 1, 4, 1, 4, 1, 10]) {
    await pass(minutes, id)
    at.push([minutes, await turns(id, incidentId)])
  }
  expect(at.map(([, each]) => each.join(" "))).toEqual([
    ...["paged waiting waiting waiting", "paged waiting waiting waiting"],
    ...["paged paged waiting waiting", "paged paged waiting waiting"],
    ...["paged paged acted waiting", "paged paged acted waiting"],
    ...["paged paged acted paged", "paged paged acted paged"],
  ])
  expect(await paged(id)).toEqual([
    "page on-call: Person ops",
    "page backend-lead: Person tech_lead",
    "page cto: Person admin",
  ])
  const { rollback } = await state(id)
  expect(rollback).toMatchObject({ status: "counting", triggerKey: null, to: { version: "1.0.0" } })
  const runs = await prisma.run.findMany({ where: { releaseId: id, kind: "rollback" } })
  expect(runs).toMatchObject([
    { id: rollback?.runId, status: "queued", notBefore: new Date(rollback?.executesAt ?? "") },
  ])
  expect((await row(incidentId)).nextDueAt).toBeNull()
  const environment = await prisma.environment.findUniqueOrThrow({ where: { id: world.environment.id } })
  expect(environment.activeRunId).toBe(rollback?.runId)

  await resolve(id, incidentId)
  expect((await state(id)).rollback?.status).toBe("stopped")
  expect(await prisma.run.findUniqueOrThrow({ where: { id: rollback?.runId ?? "" } })).toMatchObject({
    status: "finished",
  })
})

test("acknowledged at 4: no page at 5, one more after the interval; resolved: a late acknowledgement changes nothing", async () => {
  await everybodyOnCall()
  const id = await live()
  const incidentId = await declare(id)
  await pass(0, id)
  await pass(4, id)
  expectDone(await acknowledgeIncident(world.ctx("devops"), { id, incidentId }, {}))
  await pass(1, id)
  expect(await turns(id, incidentId)).toEqual(["paged", "held", "waiting", "waiting"])
  await pass(13, id)
  expect(await paged(id)).toEqual(["page on-call: Person ops"])
  await pass(1, id)
  expect((await paged(id)).slice(1)).toEqual(["repage cto: Person devops, Person admin"])
  expect(await incident(id, incidentId)).toMatchObject({ status: "open", acknowledged: null })
  expect(await row(incidentId)).toMatchObject({ status: "open", nextDueAt: null, acknowledgedAt: expect.any(Date) })

  await resolve(id, incidentId)
  const { lastSeq } = await state(id)
  expect(expectDone(await acknowledgeIncident(ops(), { id, incidentId }, { note: "On it" })).events).toEqual([])
  await pass(60, id)
  expect((await state(id)).lastSeq).toBe(lastSeq)
  expect(
    await prisma.timer.count({
      where: { releaseId: id, subject: `incident:${incidentId}`, firedAt: null, cancelledAt: null },
    }),
  ).toBe(0)
  // It comes back, and so does the escalation.
  expectDone(await reopenIncident(ops(), { id, incidentId }, { reason: "Again" }))
  await pass(0, id)
  expect((await paged(id)).slice(2)).toEqual(["page on-call: Person ops"])
  await resolve(id, incidentId)
})

test("nobody on call: skipped at once and said, and the next level is called in its place", async () => {
  await onCall("cto", "admin")
  const id = await live()
  const incidentId = await declare(id)
  await pass(0, id)
  expect(await paged(id)).toEqual(["page cto: Person admin"])
  const { levels } = await incident(id, incidentId)
  expect(levels.map(({ status }) => status)).toEqual(["skipped", "skipped", "waiting", "paged"])
  expect(levels[0]?.words).toBe("Nobody is on call for on-call. cto is called at once.")
  // Whoever is disabled is not called either.
  await prisma.user.update({ where: { id: world.ctx("admin").person?.id }, data: { disabledAt: new Date() } })
  const other = await declare(id, "critical", "Another")
  await pass(0, id)
  await prisma.user.update({ where: { id: world.ctx("admin").person?.id }, data: { disabledAt: null } })
  expect(await turns(id, other)).toEqual(["skipped", "waiting", "waiting", "waiting"])
  for (const each of [incidentId, other]) await resolve(id, each)
})

test("high: told at once, asked for a rollback after 30 minutes; worse: the clocks of the worse plan from the start", async () => {
  await everybodyOnCall()
  const id = await live()
  const high = await declare(id, "high")
  await pass(0, id)
  await pass(29, id)
  expect((await incident(id, high)).fixOverdueAt).toBeNull()
  await pass(1, id)
  expect(await incident(id, high)).toMatchObject({ fixOverdueAt: expect.any(String) })
  expect((await state(id)).rollback).toMatchObject({ status: "asked", to: { version: "1.0.0" } })
  await resolve(id, high)
  const worse = await declare(id, "high")
  await pass(0, id)
  await pass(7, id)
  expectDone(await changeSeverity(ops(), { id, incidentId: worse }, { severity: "critical", reason: "It spreads" }))
  await pass(0, id)
  expect((await turns(id, worse)).slice(0, 4)).toEqual(["paged", "paged", "waiting", "waiting"])
  expectDone(await changeSeverity(ops(), { id, incidentId: worse }, { severity: "low", reason: "It does not" }))
  await pass(20, id)
  expect((await turns(id, worse)).filter((status) => status === "acted")).toEqual([])
  await resolve(id, worse)
})

test("a medium incident tells the team, which is no rota", async () => {
  const id = await live()
  const incidentId = await declare(id, "medium")
  await pass(0, id)
  expect(await paged(id)).toEqual(["notify team: "])
  await resolve(id, incidentId)
})

test("a clock that stands still is found: rows lost, cancelled by mistake, an acknowledgement without one", async () => {
  await everybodyOnCall()
  const id = await live()
  const incidentId = await declare(id)
  await pass(0, id)
  await prisma.timer.deleteMany({ where: { releaseId: id, kind: "incident_level", firedAt: null } })
  await pass(4, id)
  expect(await auditEscalations(), "nothing is late yet").toMatchObject({ silent: 0, mended: 0 })
  await pass(2, id)
  expect(await turns(id, incidentId)).toEqual(["paged", "waiting", "waiting", "waiting"])
  expect(await auditEscalations()).toEqual({ silent: 1, mended: 3, stuck: 0 })
  expect(await auditEscalations()).toMatchObject({ silent: 0, mended: 0 })
  await fire(id)
  expect(await turns(id, incidentId)).toEqual(["paged", "paged", "waiting", "waiting"])

  expectDone(await acknowledgeIncident(ops(), { id, incidentId }, {}))
  const now = await databaseNow()
  await prisma.timer.updateMany({
    where: { releaseId: id, kind: "incident_repage", firedAt: null, cancelledAt: null },
    data: { cancelledAt: now },
  })
  await pass(16, id)
  expect((await incident(id, incidentId)).status).toBe("acknowledged")
  expect(await auditEscalations()).toMatchObject({ silent: 1, mended: 1 })
  await fire(id)
  expect((await paged(id)).at(-1)).toBe("repage cto: Person ops, Person admin")
  expect((await events(id)).filter(({ type }) => type === "rollback.countdown_started")).toHaveLength(1)
  await resolve(id, incidentId)
  expect(await auditEscalations()).toMatchObject({ silent: 0 })
})

test("a timer that is there and does not fire is counted, and not doubled", async () => {
  const id = await live()
  const incidentId = await declare(id)
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(env().GOLIVE_CLOCK_OFFSET_MS + 2 * MINUTE_MS)
  forgetEnv()
  expect(await auditEscalations()).toEqual({ silent: 0, mended: 0, stuck: 1 })
  await resolve(id, incidentId)
})
