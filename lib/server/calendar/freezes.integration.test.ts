import { setTimeout as delay } from "node:timers/promises"
import { DateTime } from "luxon"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { calendarSchema } from "@/lib/contracts/api/calendar"
import { notificationMessageSchema } from "@/lib/contracts/notification-message"
import { mayPerform } from "@/lib/domain/access/policy"
import { type Role, roles, signoffRoles } from "@/lib/domain/access/roles"
import type { FreezeRule } from "@/lib/domain/window/freeze"
import type { Context } from "@/lib/server/access/context"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { abortDeploy } from "@/lib/server/deploy/abort-deploy"
import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { subscribe } from "@/lib/server/events/doorbell"
import { readGate } from "@/lib/server/gate/read-gate"
import { approveOverride } from "@/lib/server/override/approve-override"
import { requestOverride } from "@/lib/server/override/request-override"
import { withdrawOverride } from "@/lib/server/override/withdraw-override"
import { readSnapshot } from "@/lib/server/releases/read-snapshot"
import { setSchedule } from "@/lib/server/schedule/set-schedule"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { addChannel } from "@/lib/testing/world/add-channel"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, worldPassword } from "@/lib/testing/world/console-world"
import { changeFreezes } from "./change-freezes"
import { createFreeze } from "./create-freeze"
import { endFreeze } from "./end-freeze"
import { putWindows, readWindows } from "./environment-windows"
import { listFreezes } from "./list-freezes"
import { patchFreeze } from "./patch-freeze"
import { readCalendar } from "./read-calendar"

let world: ConsoleWorld
beforeAll(async () => {
  const window = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: "00:00", end: "24:00", zone: "UTC" }
  world = await consoleWorld({ playbook: (written) => ({ ...written, window: window as typeof written.window }) })
  await addChannel(world, { kind: "browser", topics: ["override"] })
})
afterAll(closeConsole)
beforeEach(async () => {
  await prisma.freeze.updateMany({ where: { endedAt: null }, data: { endedAt: new Date() } })
})

const wall = (ms: number) => DateTime.fromMillis(ms, { zone: "America/New_York" }).toFormat("yyyy-MM-dd'T'HH:mm")
async function rule(fromMinutes: number, toMinutes: number): Promise<FreezeRule> {
  const now = (await databaseNow()).getTime()
  return {
    kind: "once",
    start: wall(now + fromMinutes * 60_000),
    end: wall(now + toMinutes * 60_000),
    zone: "America/New_York",
  }
}
const words = { name: "Year end", reason: "Nobody is there" }

async function freeze(by: Role = "tech_lead", more: Record<string, unknown> = {}) {
  const made = await createFreeze(world.ctx(by), {
    ...words,
    service: world.service.key,
    environment: "production",
    rule: await rule(-5, 60),
    ...more,
  })
  if (!made.ok) throw new Error(made.refusal.message)
  return made.value.freeze
}

async function codes(id: string): Promise<string[]> {
  const answer = await readGate(world.ctx("ops"), id)
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value.blockers.map(({ code, subject }) => (code === "frozen" ? `frozen ${subject}` : code))
}

async function ready(): Promise<string> {
  const id = await world.release()
  const state = async () => {
    const snapshot = await readSnapshot(world.ctx("tech_lead"), id)
    if (!snapshot.ok) throw new Error(snapshot.refusal.message)
    return snapshot.value.release
  }
  for (const item of Object.values((await state()).items)) {
    await patchItem(world.ctx("tech_lead"), id, item.key, { revision: 0, state: "passed", note: "Seen" })
  }
  for (const role of signoffRoles) {
    const items = (await state()).signoffs[role]?.items.map((item) => item.key)
    expect(await signRelease(world.ctx(role), id, role, { password: worldPassword, items })).toMatchObject({ ok: true })
  }
  return id
}

describe("a freeze", () => {
  test.each(roles)("%s: makes one as the policy says, on record", async (role) => {
    const id = world.ctx(role).person?.id ?? ""
    const before = await prisma.securityEvent.count({ where: { userId: id } })
    const made = await createFreeze(world.ctx(role), { ...words, rule: await rule(-5, 5) })
    expect(made.ok).toBe(mayPerform([role], "calendar.edit"))
    if (!made.ok) expect(made.refusal.code).toBe("forbidden")
    const [event] = await prisma.securityEvent.findMany({ where: { userId: id }, orderBy: { at: "desc" }, skip: 0 })
    expect(await prisma.securityEvent.count({ where: { userId: id } })).toBe(before + 1)
    expect(event?.type).toBe(made.ok ? "freeze.created" : "access.refused")
  })

  test("whoever has the role for one service freezes that one, and not all", async () => {
    const { person, ...rest } = world.ctx("tech_lead")
    if (!person) throw new Error("nobody")
    const own: Context = {
      ...rest,
      person: { ...person, grants: [{ role: "tech_lead", serviceId: world.service.id }] },
    }
    const body = { ...words, rule: await rule(-5, 60) }
    expect(await createFreeze(own, body)).toMatchObject({ ok: false, refusal: { code: "forbidden" } })
    expect(await createFreeze(own, { ...body, service: world.service.key })).toMatchObject({ ok: true })
    const ofAll = await createFreeze(world.ctx("admin"), body)
    if (!ofAll.ok) throw new Error(ofAll.refusal.message)
    const { id } = ofAll.value.freeze
    expect(await endFreeze(own, id, { reason: "Over" })).toMatchObject({ ok: false, refusal: { code: "forbidden" } })
    const stranger = await consoleWorld()
    const listed = await listFreezes(own, { service: stranger.service.key })
    expect(listed).toMatchObject({ ok: false, refusal: { code: "not_found" } })
    expect(await listFreezes(own, {})).toMatchObject({ ok: true, value: { freezes: [{}, { id }] } })
  })

  test("of another environment, not begun, or ended does not close the gate; of all does", async () => {
    const id = await world.release()
    const other = await consoleWorld()
    await freeze("tech_lead", { service: other.service.key })
    await freeze("tech_lead", { rule: await rule(5, 60) })
    expect((await codes(id)).filter((code) => code.startsWith("frozen"))).toEqual([])
    const all = await freeze("admin", { service: null, environment: null })
    expect(await codes(id)).toContain(`frozen ${all.id}`)
    expect(await endFreeze(world.ctx("devops"), all.id, { reason: "We are done" })).toMatchObject({
      ok: true,
      value: { freeze: { ended: { by: "Person devops" } } },
    })
    expect((await codes(id)).filter((code) => code.startsWith("frozen"))).toEqual([])
    expect(await endFreeze(world.ctx("devops"), all.id, { reason: "Again" })).toMatchObject({
      ok: false,
      refusal: { code: "conflict" },
    })
    expect(await prisma.freeze.findUnique({ where: { id: all.id } })).toMatchObject({ endedByName: "Person devops" })
  })

  test("a stale edit is refused with what is there now", async () => {
    const { id, revision } = await freeze()
    const first = await patchFreeze(world.ctx("tech_lead"), id, { revision, name: "Year end, longer" })
    expect(first).toMatchObject({ ok: true, value: { freeze: { name: "Year end, longer", revision: revision + 1 } } })
    expect(await patchFreeze(world.ctx("devops"), id, { revision, name: "Mine" })).toMatchObject({
      ok: false,
      refusal: { code: "stale", detail: { current: { name: "Year end, longer" } } },
    })
  })

  test.each([
    [
      "a rule that is a bomb",
      { kind: "recurring", start: "2026-01-01T00:00", durationMinutes: 5, rrule: "FREQ=SECONDLY", zone: "UTC" },
      "rule.rrule",
    ],
    [
      "an end before the start",
      { kind: "once", start: "2026-01-02T00:00", end: "2026-01-01T00:00", zone: "UTC" },
      "rule.end",
    ],
  ])("%s is refused by field", async (_, bad, field) => {
    const answer = await createFreeze(world.ctx("tech_lead"), { ...words, rule: bad })
    expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
  })

  test("rings for everyone who watches the environment", async () => {
    let rings = 0
    const leave = subscribe(`environment:${world.environment.id}`, () => {
      rings += 1
    })
    await delay(300)
    const before = rings
    const { id } = await freeze()
    await expect.poll(() => rings).toBeGreaterThan(before)
    const release = await world.release()
    const snapshot = await readSnapshot(world.ctx("viewer"), release)
    expect(snapshot).toMatchObject({ ok: true, value: { environment: { freezes: [{ id, by: "Person tech_lead" }] } } })
    leave()
  })

  test("made while a start waits for the environment closes the gate for it", async () => {
    const id = await ready()
    const { person } = world.ctx("tech_lead")
    const actor = { type: "person", id: person?.id ?? "", name: "Tess", role: null } as const
    const scope = { serviceId: world.service.id, environmentId: world.environment.id }
    let locked = () => {}
    const holds = new Promise<void>((resolve) => {
      locked = resolve
    })
    const frozen = changeFreezes(world.ctx("tech_lead"), { scope, type: "freeze.created", actor }, async (tx, now) => {
      locked()
      await delay(500)
      const data = { ...words, ...scope, rule: await rule(-5, 60), authorId: actor.id, authorName: actor.name }
      const made = await tx.freeze.create({
        data: { id: crypto.randomUUID(), ...data, createdAt: now, updatedAt: now },
      })
      return { result: made.id, data: {} }
    })
    await holds
    const started = startDeploy(world.ctx("devops"), id, undefined)
    const freezeId = await frozen
    expect(await started).toMatchObject({
      ok: false,
      refusal: { code: "not_ready", detail: { blockers: [{ code: "frozen", subject: freezeId }] } },
    })
  })
})

describe("an override", () => {
  test("names the freezes in force, takes a second person, and does not pass what came later", async () => {
    const id = await ready()
    const first = await freeze()
    expect(await codes(id)).toEqual([`frozen ${first.id}`])
    const reason = "The fix cannot wait for January."
    expect(await requestOverride(world.ctx("devops"), id, { reason })).toMatchObject({
      ok: false,
      refusal: { code: "stale", field: "freezeIds" },
    })
    expect(await requestOverride(world.ctx("ops"), id, { reason, freezeIds: [first.id] })).toMatchObject({
      ok: false,
      refusal: { code: "forbidden" },
    })
    const asked = await requestOverride(world.ctx("devops"), id, { reason, freezeIds: [first.id] })
    if (!asked.ok) throw new Error(asked.refusal.message)
    const body = { overrideId: asked.value.result?.overrideId }
    // The same person, though they hold another role that may.
    const { person, ...rest } = world.ctx("devops")
    if (!person) throw new Error("nobody")
    const both = {
      ...rest,
      person: { ...person, grants: [...person.grants, { role: "tech_lead" as const, serviceId: null }] },
    }
    expect(await approveOverride(both, id, body)).toMatchObject({ ok: false, refusal: { code: "forbidden" } })
    expect(await approveOverride(world.ctx("ops"), id, body)).toMatchObject({
      ok: false,
      refusal: { code: "forbidden" },
    })
    expect(await codes(id)).toEqual([`frozen ${first.id}`])
    expect(await approveOverride(world.ctx("tech_lead"), id, body)).toMatchObject({ ok: true })
    expect(await codes(id)).toEqual([])

    const sent = await prisma.outbox.findMany({ where: { releaseId: id, topic: "override" }, orderBy: { seq: "asc" } })
    const told = sent.map(({ payload }) => notificationMessageSchema.parse(payload))
    expect(told.map(({ notification }) => notification.title)).toEqual([
      "Person devops asked to start in a freeze",
      "Person tech_lead approved the override",
    ])
    const frozenBy = { name: "Freezes", value: first.name }
    for (const { notification, head } of told) {
      expect(notification.facts).toContainEqual(frozenBy)
      expect(head).toMatchObject({ releaseId: id, hash: expect.any(String) })
    }

    const later = await freeze("admin")
    expect(await codes(id)).toEqual([`frozen ${later.id}`])
    await endFreeze(world.ctx("admin"), later.id, { reason: "A mistake" })
    expect(await codes(id)).toEqual([])
    await patchFreeze(world.ctx("tech_lead"), first.id, { revision: first.revision, reason: "Now an audit as well" })
    expect(await codes(id), "changed after the override was asked for").toEqual([`frozen ${first.id}`])
    expect(await withdrawOverride(world.ctx("devops"), id, { ...body, reason: "We wait" })).toMatchObject({ ok: true })
    expect((await prisma.freeze.findUniqueOrThrow({ where: { id: first.id } })).endedAt, "the freeze stays").toBeNull()
  })
})

describe("windows of an environment", () => {
  const place = () => ({ service: world.service.key, environment: "production" })
  const window = { days: ["mon"], start: "09:00", end: "17:00", zone: "America/New_York" }

  test("hold in the place of the playbook's, and are changed by who saw them", async () => {
    const id = await world.release()
    const now = await databaseNow()
    // A window that is over or to come, whenever this runs.
    const day = DateTime.fromJSDate(now, { zone: "utc" })
      .plus({ days: 3 })
      .toFormat("ccc", { locale: "en" })
      .toLowerCase()
    const elsewhen = { days: [day], start: "09:00", end: "10:00", zone: "UTC" }
    expect(await putWindows(world.ctx("ops"), place(), { revision: 0, windows: [elsewhen] })).toMatchObject({
      ok: false,
    })
    expect(await putWindows(world.ctx("tech_lead"), place(), { revision: 0, windows: [] })).toMatchObject({
      ok: false,
      refusal: { code: "invalid", field: "windows" },
    })
    expect(await putWindows(world.ctx("tech_lead"), place(), { revision: 0, windows: [elsewhen] })).toMatchObject({
      ok: true,
      value: { revision: 1, windows: [elsewhen] },
    })
    expect(await codes(id)).toContain("window_closed")
    expect(await putWindows(world.ctx("devops"), place(), { revision: 0, windows: [window] })).toMatchObject({
      ok: false,
      refusal: { code: "stale", detail: { current: { revision: 1 } } },
    })
    expect(await putWindows(world.ctx("devops"), place(), { revision: 1, windows: null })).toMatchObject({ ok: true })
    expect(await codes(id)).not.toContain("window_closed")
    expect(await readWindows(world.ctx("viewer"), place())).toMatchObject({
      ok: true,
      value: { windows: null, playbooks: [{ zone: "UTC" }] },
    })
  })
})

describe("the calendar", () => {
  test("shows what is planned, and what was deployed", async () => {
    const planned = await world.release()
    const startAt = new Date((await databaseNow()).getTime() + 2 * 3_600_000).toISOString()
    expect(await setSchedule(world.ctx("devops"), planned, { startAt })).toMatchObject({ ok: true })
    const deployed = await ready()
    const started = await startDeploy(world.ctx("devops"), deployed, undefined)
    expect(started).toMatchObject({ ok: true })
    const query = { service: world.service.key, from: new Date(Date.parse(startAt) - 86_400_000).toISOString() }
    const answer = await readCalendar(world.ctx("viewer"), query)
    if (!answer.ok) throw new Error(answer.refusal.message)
    const calendar = calendarSchema.parse(answer.value)
    expect(calendar.planned).toMatchObject([{ releaseId: planned, startAt, environment: { key: "production" } }])
    expect(calendar.deployed).toMatchObject([{ releaseId: deployed, kind: "deploy", end: null, status: "queued" }])
    await abortDeploy(world.ctx("devops"), deployed, undefined)
    const after = await readCalendar(world.ctx("viewer"), query)
    expect(after).toMatchObject({ ok: true, value: { deployed: [{ end: expect.any(String), status: "aborted" }] } })
    const early = await readCalendar(world.ctx("viewer"), { ...query, to: startAt })
    expect(early, "the end is outside").toMatchObject({ ok: true, value: { planned: [] } })
    // A freeze over a time that is planned keeps the next plan out.
    await freeze("tech_lead", { rule: await rule(100, 200) })
    expect(await setSchedule(world.ctx("devops"), planned, { startAt })).toMatchObject({
      ok: false,
      refusal: { code: "not_ready", detail: { blockers: [{ code: "frozen" }] } },
    })
  })

  test("shows windows, freezes and what is near as intervals, of a bounded range", async () => {
    const made = await freeze()
    const answer = await readCalendar(world.ctx("viewer"), { service: world.service.key })
    if (!answer.ok) throw new Error(answer.refusal.message)
    const calendar = calendarSchema.parse(answer.value)
    expect(calendar.environments).toHaveLength(1)
    expect(calendar.environments[0]).toMatchObject({
      mayEdit: false,
      open: [{ start: calendar.from, end: calendar.to }],
    })
    expect(calendar.freezes).toMatchObject([{ id: made.id, mayEdit: false, intervals: [{}] }])
    const range = { from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }
    expect(await readCalendar(world.ctx("viewer"), range)).toMatchObject({ ok: false, refusal: { field: "to" } })
    const backwards = { from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }
    expect(await readCalendar(world.ctx("viewer"), backwards)).toMatchObject({ ok: false, refusal: { field: "to" } })
  })
})
