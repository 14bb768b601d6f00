import { afterAll, beforeAll, expect, test } from "vitest"
import { type SignoffRole, signoffRoles } from "@/lib/domain/access/roles"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { readSnapshot } from "@/lib/server/releases/read-snapshot"
import { cancelSchedule } from "@/lib/server/schedule/cancel-schedule"
import { setSchedule } from "@/lib/server/schedule/set-schedule"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { findDueTimers } from "@/lib/server/timers/find-due-timers"
import { fireTimer } from "@/lib/server/timers/fire-timer"
import { addChannel } from "@/lib/testing/world/add-channel"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { timerHandlers } from "./timer-handlers"

const MINUTE_MS = 60_000
const rightTime = process.env.GOLIVE_CLOCK_OFFSET_MS
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const

let world: ConsoleWorld
beforeAll(async () => {
  const window = { days: [...days], start: "00:00", end: "24:00", zone: "UTC" }
  world = await consoleWorld({ playbook: (written) => ({ ...written, window }) })
  await addChannel(world, { kind: "browser" })
})
afterAll(async () => {
  process.env.GOLIVE_CLOCK_OFFSET_MS = rightTime
  forgetEnv()
  await closeConsole()
})

function moveClock(byMs: number): void {
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(env().GOLIVE_CLOCK_OFFSET_MS + byMs)
  forgetEnv()
}
const stateOf = async (id: string) => {
  const snapshot = await readSnapshot(world.ctx("tech_lead"), id)
  if (!snapshot.ok) throw new Error(snapshot.refusal.message)
  return snapshot.value.release
}
const inMinutes = async (minutes: number) =>
  new Date((await databaseNow()).getTime() + minutes * MINUTE_MS).toISOString()
const plan = async (id: string, minutes: number) =>
  setSchedule(world.ctx("ops"), id, { startAt: await inMinutes(minutes) })

/** As several workers do that look in the same moment. Answers how often something fired. */
async function fireAll(releaseId: string, workers = 3): Promise<number> {
  const due = (await findDueTimers(1_000)).filter((timer) => timer.releaseId === releaseId)
  const fired = await Promise.all(
    Array.from({ length: workers }, () => Promise.all(due.map((timer) => fireTimer(timer, timerHandlers[timer.kind])))),
  )
  return fired.flat().filter(Boolean).length
}
const typesOf = async (id: string) =>
  (await prisma.event.findMany({ where: { releaseId: id }, orderBy: { seq: "asc" } })).map(({ type }) => type)
const countOf = async (id: string, type: string) => (await typesOf(id)).filter((each) => each === type).length

async function ready(): Promise<string> {
  const id = await world.release()
  for (const item of Object.values((await stateOf(id)).items)) {
    await patchItem(world.ctx("tech_lead"), id, item.key, { revision: 0, state: "passed", note: "Seen" })
  }
  for (const role of signoffRoles) await sign(id, role)
  return id
}
async function sign(id: string, role: SignoffRole): Promise<void> {
  const items = (await stateOf(id)).signoffs[role]?.items.map((item) => item.key)
  expect(await signRelease(world.ctx(role), id, role, { password: worldPassword, items })).toMatchObject({ ok: true })
}

test("every reminder comes once, however many workers look; those who have not signed are named in it", async () => {
  const id = await world.release()
  expect(await plan(id, 25 * 60)).toMatchObject({ ok: true })
  await prisma.outbox.deleteMany({ where: { releaseId: id } })
  expect(await fireAll(id)).toBe(0)
  moveClock(61 * MINUTE_MS)
  expect(await fireAll(id)).toBe(1)
  expect(await fireAll(id)).toBe(0)
  expect(await countOf(id, "schedule.reminded")).toBe(1)
  const reminded = await prisma.event.findFirst({ where: { releaseId: id, type: "signoff.reminded" } })
  expect(reminded?.data).toMatchObject({ roles: [...signoffRoles] })
  // The chain's head goes out with it, to be compared some day with what the console then shows.
  const sent = await prisma.outbox.findMany({ where: { releaseId: id, kind: "notification" }, orderBy: { seq: "asc" } })
  const last = await prisma.event.findFirst({ where: { releaseId: id }, orderBy: { seq: "desc" } })
  expect(sent.map(({ topic }) => topic)).toEqual(["go_live", "signatures"])
  for (const { payload } of sent) {
    expect(payload).toMatchObject({ head: { releaseId: id, seq: last?.seq, hash: last?.hash } })
  }
})

test("pre-flight begins by itself, once, in the name of whoever planned it, with the phases' times in the run", async () => {
  const id = await ready()
  expect(await plan(id, 60)).toMatchObject({ ok: true })
  const schedule = (await stateOf(id)).schedule
  moveClock(31 * MINUTE_MS)
  await fireAll(id)
  await fireAll(id)
  const state = await stateOf(id)
  expect(state).toMatchObject({ status: "deploying", schedule: { status: "begun" } })
  expect(await countOf(id, "schedule.begun")).toBe(1)
  const runs = await prisma.run.findMany({ where: { releaseId: id, kind: "deploy" } })
  expect(runs).toHaveLength(1)
  const [run] = runs as [(typeof runs)[number]]
  expect(state.runs[run.id]?.by).toBe(world.ctx("ops").person?.name)
  const { steps } = run.input as { steps: { phase: string; notBefore: string | null }[] }
  const times = new Map(steps.map(({ phase, notBefore }) => [phase, notBefore]))
  expect(times.get("preflight")).toBeNull()
  expect(times.get("maintenance_on")).toBe(schedule?.maintenanceAt)
  expect(times.get("deploy")).toBe(schedule?.startAt)
  expect(times.get("maintenance_off")).toBeNull()
})

test("a signature that comes late still counts; one that never comes lets the plan expire", async () => {
  const late = await world.release()
  const never = await world.release()
  for (const id of [late, never]) expect(await plan(id, 35)).toMatchObject({ ok: true })
  moveClock(10 * MINUTE_MS)
  for (const id of [late, never]) await fireAll(id)
  for (const id of [late, never]) expect((await stateOf(id)).schedule?.held?.blockers.length).toBeGreaterThan(4)
  for (const item of Object.values((await stateOf(late)).items)) {
    await patchItem(world.ctx("tech_lead"), late, item.key, { revision: 0, state: "passed", note: "Seen" })
  }
  for (const role of signoffRoles) await sign(late, role)
  // The environment may be held by the release of another test: then this one is held back with that reason.
  await prisma.environment.updateMany({ data: { activeReleaseId: null, activeRunId: null, activeSince: null } })
  moveClock(2 * MINUTE_MS)
  for (const id of [late, never]) await fireAll(id)
  expect((await stateOf(late)).schedule?.status).toBe("begun")
  expect(await countOf(never, "schedule.held")).toBe(1)
  moveClock(30 * MINUTE_MS)
  await fireAll(never)
  const expired = await stateOf(never)
  expect(expired).toMatchObject({ status: "preparing", schedule: { status: "expired" } })
  expect(expired.schedule?.reason).toContain("has not signed")
  expect(await fireAll(never)).toBe(0)
})

test("whoever planned it and lost the right to start does not start it", async () => {
  const id = await world.release()
  expect(await plan(id, 40)).toMatchObject({ ok: true })
  const planner = world.ctx("ops").person?.id ?? ""
  const grants = await prisma.roleGrant.findMany({ where: { userId: planner } })
  await prisma.roleGrant.deleteMany({ where: { userId: planner } })
  moveClock(11 * MINUTE_MS)
  await fireAll(id)
  await prisma.roleGrant.createMany({ data: grants })
  expect((await stateOf(id)).schedule).toMatchObject({ status: "expired" })
  expect((await stateOf(id)).schedule?.reason).toContain("may not start deployments any more")
})

test("a plan that was cancelled or replaced does nothing at its old time", async () => {
  const id = await world.release()
  await plan(id, 31)
  const first = (await stateOf(id)).schedule?.id
  expect(await plan(id, 90)).toMatchObject({ ok: true })
  moveClock(5 * MINUTE_MS)
  expect(await fireAll(id)).toBe(0)
  expect((await stateOf(id)).schedule?.id).not.toBe(first)
  expect(await cancelSchedule(world.ctx("ops"), id, { reason: "Not today" })).toMatchObject({ ok: true })
  moveClock(200 * MINUTE_MS)
  expect(await fireAll(id)).toBe(0)
  expect((await typesOf(id)).filter((type) => type.startsWith("schedule."))).toEqual([
    "schedule.set",
    "schedule.set",
    "schedule.cancelled",
  ])
})

test.each([
  [{ startAt: "2199-01-01T00:00:00Z" }, "startAt"],
  [{ startAt: "1970-01-01T00:00:00Z" }, "startAt"],
  [{ startAt: "tomorrow" }, "startAt"],
  [{ startAt: 12 }, "startAt"],
  [{}, "startAt"],
])("%j is refused by field", async (body, field) => {
  const id = await world.release()
  expect(await setSchedule(world.ctx("ops"), id, body)).toMatchObject({
    ok: false,
    refusal: { code: "invalid", field },
  })
  expect(await prisma.timer.count({ where: { releaseId: id } })).toBe(0)
})
