import ICAL from "ical.js"
import { DateTime } from "luxon"
import { afterAll, beforeAll, expect, test } from "vitest"
import { GET as getFeed } from "@/app/oncall/feed/[token]/route"
import { oncallSchema, type RotaView, rotaSchema, shiftsSchema } from "@/lib/contracts/api/oncall"
import { mayPerform } from "@/lib/domain/access/policy"
import { roles } from "@/lib/domain/access/roles"
import type { Rotation } from "@/lib/domain/oncall/rotation"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey } from "@/lib/testing/world/console-world"
import { cancelOverride } from "./cancel-override"
import { createOverride } from "./create-override"
import { createRota } from "./create-rota"
import { issueFeed, revokeFeed } from "./issue-feed"
import { listRotas } from "./list-rotas"
import { patchRota } from "./patch-rota"
import { readShifts } from "./read-shifts"
import { removeRota } from "./remove-rota"
import { whoIsOnCall } from "./who-is-on-call"

let world: ConsoleWorld
let nowMs: number
beforeAll(async () => {
  world = await consoleWorld()
  nowMs = (await databaseNow()).getTime()
})
afterAll(closeConsole)

const HOUR_MS = 3_600_000
const id = (person: PersonKey) => world.ctx(person).person?.id ?? ""
const iso = (ms: number) => new Date(ms).toISOString()
let made = 0

/** Daily shifts that began an hour ago: the first has it now, the second from in 23 hours on. */
function daily(...people: PersonKey[]): Rotation {
  const start = DateTime.fromMillis(nowMs - HOUR_MS, { zone: "America/New_York" }).toFormat("yyyy-MM-dd'T'HH:mm")
  const layer = { people: people.map(id), start, shift: { every: 1, unit: "days" as const }, hours: null }
  return { zone: "America/New_York", layers: [layer] }
}

async function rota(rotation = daily("devops", "ops"), key = `rota-${++made}`): Promise<RotaView> {
  const answer = await createRota(world.ctx("lead2"), { service: world.service.key, key, name: "Engineers", rotation })
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value.rota
}
const called = async (key: string, atMs = Date.now()) =>
  (await whoIsOnCall(prisma, { serviceId: world.service.id, key, at: new Date(atMs) })).map(({ name }) => name)
const takeOver = (to: RotaView, more: Record<string, unknown> = {}, by: PersonKey = "tech_lead") =>
  createOverride(world.ctx(by), to.id, { personId: id(by), endsAt: iso(nowMs + 5 * HOUR_MS), ...more })

test.each(roles)("%s: makes, changes and removes a rota as the policy says, on record", async (role) => {
  const rights = mayPerform([role], "oncall.edit")
  const ctx = world.ctx(role)
  const body = { service: world.service.key, key: `of-${role}`, name: "Engineers", rotation: daily("devops") }
  const answer = await createRota(ctx, body)
  const own = answer.ok ? answer.value.rota : await rota()
  const answers = [
    answer,
    await takeOver(own, { personId: id("ops") }, role),
    await patchRota(ctx, own.id, { revision: 1, name: "Others" }),
    await issueFeed(ctx, own.id, undefined),
    await revokeFeed(ctx, own.id, undefined),
    await removeRota(ctx, own.id, { revision: 2 }),
  ]
  expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => rights))
  for (const each of answers) if (!each.ok) expect(each.refusal.code).toBe("forbidden")
  const listed = await listRotas(ctx, { service: world.service.key })
  expect(listed.ok && oncallSchema.parse(listed.value).services[0]?.mayEdit).toBe(rights)
  const events = await prisma.securityEvent.findMany({ where: { userId: id(role), type: { startsWith: "oncall." } } })
  expect(events.map(({ type }) => type.slice(7)).sort()).toEqual(
    rights ? ["feed_issued", "feed_revoked", "override_made", "rota_changed", "rota_created", "rota_removed"] : [],
  )
})

test("says who is called now, until when, and who then; whoever is disabled is not called", async () => {
  const own = await rota()
  expect(rotaSchema.parse(own).now).toMatchObject({ person: { name: "Person devops" }, next: { name: "Person ops" } })
  const handOver = Date.parse(own.now.until ?? "")
  expect(await called(own.key)).toEqual(["Person devops"])
  expect(await called(own.key, handOver - 1)).toEqual(["Person devops"])
  expect(await called(own.key, handOver)).toEqual(["Person ops"])
  expect(await called(own.key, nowMs - 3 * HOUR_MS)).toEqual([])
  expect(await called("nobody-made-it")).toEqual([])
  await prisma.user.update({ where: { id: id("devops") }, data: { disabledAt: new Date() } })
  expect(await called(own.key)).toEqual([])
  const listed = await listRotas(world.ctx("viewer"), { service: world.service.key })
  const shown = listed.ok ? listed.value.rotas.find((each) => each.id === own.id) : undefined
  expect(shown?.now.person).toMatchObject({ name: "Person devops", disabled: true })
  const refused = await patchRota(world.ctx("ops"), own.id, { revision: 1, rotation: daily("ops", "devops") })
  expect(refused).toMatchObject({
    ok: false,
    refusal: { code: "invalid", field: "rotation.layers.0.people.1", message: expect.stringContaining("disabled") },
  })
  await prisma.user.update({ where: { id: id("devops") }, data: { disabledAt: null } })
})

test("what cannot be is refused by field", async () => {
  const body = { service: world.service.key, key: "refused", name: "Engineers", rotation: daily("ops") }
  const layer = { ...body.rotation.layers[0] }
  const unknown = crypto.randomUUID()
  const cases: [Record<string, unknown>, string][] = [
    [{ service: "nowhere" }, "service"],
    [{ rotation: { zone: "UTC", layers: [{ ...layer, people: [id("ops"), unknown] }] } }, "rotation.layers.0.people.1"],
    [{ rotation: daily("viewer") }, "rotation.layers.0.people.0"],
    [{ rotation: { zone: "Nowhere/City", layers: [layer] } }, "rotation.zone"],
    [{ rotation: { zone: "UTC", layers: [{ ...layer, start: "9999-12-31T09:00" }] } }, "rotation.layers.0.start"],
    [{ key: "Not a key" }, "key"],
  ]
  for (const [more, field] of cases) {
    const answer = await createRota(world.ctx("admin"), { ...body, ...more })
    expect(answer, field).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
  }
  const own = await rota()
  const again = await createRota(world.ctx("ops"), { ...body, key: own.key })
  expect(again).toMatchObject({ refusal: { code: "conflict", field: "key" } })
  for (const [more, field] of [
    [{ endsAt: iso(nowMs - 1) }, "endsAt"],
    [{ startsAt: iso(nowMs - HOUR_MS) }, "startsAt"],
    [{ startsAt: iso(nowMs + 6 * HOUR_MS) }, "endsAt"],
    [{ endsAt: iso(nowMs + 401 * 24 * HOUR_MS) }, "endsAt"],
    [{ endsAt: "0001-01-01T00:00:00Z" }, "endsAt"],
    [{ personId: id("viewer") }, "personId"],
    [{ personId: unknown }, "personId"],
  ] as const) {
    expect(await takeOver(own, more), field).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
  }
  for (const [query, field] of [
    [{ from: iso(nowMs), to: iso(nowMs) }, "to"],
    [{ from: iso(nowMs), to: iso(nowMs + 401 * 24 * HOUR_MS) }, "to"],
    [{ from: "1e308" }, "from"],
  ] as [Record<string, string>, string][]) {
    expect(await readShifts(world.ctx("viewer"), query)).toMatchObject({ refusal: { code: "invalid", field } })
  }
})

test("of two who change it at once one is told what is there now; nobody removes what they did not see", async () => {
  const own = await rota()
  const both = await Promise.all([
    patchRota(world.ctx("ops"), own.id, { revision: 1, name: "One" }),
    patchRota(world.ctx("devops"), own.id, { revision: 1, rotation: daily("ops") }),
  ])
  const [won, lost] = both.toSorted((a) => (a.ok ? -1 : 1))
  if (!won?.ok || !lost || lost.ok) throw new Error("one of them has to win")
  expect(won.value.rota.revision).toBe(2)
  expect(lost.refusal).toMatchObject({ code: "stale", detail: { current: { revision: 2, name: won.value.rota.name } } })
  expect(await removeRota(world.ctx("ops"), own.id, { revision: 1 })).toMatchObject({ refusal: { code: "stale" } })
  expect(await takeOver(own)).toMatchObject({ ok: true })
  expect(await removeRota(world.ctx("ops"), own.id, { revision: 2 })).toMatchObject({ ok: true })
  expect(await called(own.key)).toEqual([])
  expect(await removeRota(world.ctx("ops"), own.id, { revision: 2 })).toMatchObject({ refusal: { code: "not_found" } })
  const record = await prisma.securityEvent.findFirst({
    where: { type: "oncall.rota_removed" },
    orderBy: { at: "desc" },
  })
  expect(JSON.stringify(record?.data)).toContain(id("tech_lead"))
})

test("of overrides the newest wins; one that is cancelled held until then", async () => {
  const own = await rota()
  const first = await takeOver(own)
  const second = await takeOver(own, { personId: id("security"), startsAt: iso(nowMs + HOUR_MS), reason: "Exercise" })
  if (!first.ok || !second.ok) throw new Error("both overrides are allowed")
  expect(second.value.rota.now).toMatchObject({ person: { name: "Person tech_lead" }, until: iso(nowMs + HOUR_MS) })
  expect(second.value.rota.overrides).toHaveLength(2)
  const atHours = async (hours: number) => (await called(own.key, nowMs + hours * HOUR_MS))[0]
  expect([await atHours(0.9), await atHours(1), await atHours(4.99), await atHours(5)]).toEqual([
    ...["Person tech_lead", "Person security", "Person security", "Person devops"],
  ])
  const begun = Date.parse(first.value.override.start)
  expect(await called(own.key, begun - 1)).toEqual(["Person devops"])
  const taken = await cancelOverride(world.ctx("devops"), own.id, first.value.override.id, undefined)
  if (!taken.ok) throw new Error(taken.refusal.message)
  expect(taken.value.rota.overrides.map(({ reason }) => reason)).toEqual(["Exercise"])
  expect(await called(own.key, begun)).toEqual(["Person tech_lead"])
  expect(await called(own.key, Date.parse(taken.value.override.cancelledAt ?? ""))).toEqual(["Person devops"])
  const again = await cancelOverride(world.ctx("devops"), own.id, first.value.override.id, undefined)
  expect(again).toMatchObject({ refusal: { code: "conflict" } })

  const read = await readShifts(world.ctx("viewer"), { rota: own.id, from: iso(nowMs - 2 * HOUR_MS) })
  if (!read.ok) throw new Error(read.refusal.message)
  const shifts = shiftsSchema.parse(read.value).rotas[0]?.shifts ?? []
  expect(shifts[0]?.person).toBeNull()
  expect(shifts.find(({ overrideId }) => overrideId === second.value.override.id)).toMatchObject({
    start: iso(nowMs + HOUR_MS),
    end: iso(nowMs + 5 * HOUR_MS),
    person: { name: "Person security" },
  })
})

test("who has a role for one service sees and changes the rotas of that one", async () => {
  const own = await rota()
  const { person, ...rest } = world.ctx("devops")
  if (!person) throw new Error("nobody")
  const elsewhere = await consoleWorld()
  const stranger: Context = {
    ...rest,
    person: { ...person, grants: [{ role: "ops", serviceId: elsewhere.service.id }] },
  }
  expect(await patchRota(stranger, own.id, { revision: 1, name: "Mine" })).toMatchObject({
    refusal: { code: "forbidden" },
  })
  expect(await listRotas(stranger, {})).toMatchObject({
    value: { rotas: [], services: [{ key: elsewhere.service.key }] },
  })
  expect(await readShifts(stranger, { rota: own.id })).toMatchObject({ value: { rotas: [] } })
  expect(await listRotas(stranger, { service: world.service.key })).toMatchObject({ refusal: { code: "not_found" } })
  expect(
    await patchRota(world.tokenCtx("ops", ["deploy", "read"]), own.id, { revision: 1, name: "Bot" }),
  ).toMatchObject({
    refusal: { code: "forbidden" },
  })
})

test("the feed says what the shifts say, to whoever knows its address, and to nobody after it was replaced", async () => {
  const own = await rota()
  await takeOver(own, { startsAt: iso(nowMs + HOUR_MS) })
  const ask = async (address: string, headers: Record<string, string> = {}) => {
    const token = new URL(address).pathname.split("/").at(-1) ?? ""
    return getFeed(new Request(address, { headers }), { params: Promise.resolve({ token }) })
  }
  const issue = async () => {
    const answer = await issueFeed(world.ctx("ops"), own.id, undefined)
    if (!answer.ok) throw new Error(answer.refusal.message)
    return answer.value.address
  }
  const first = await issue()
  const response = await ask(first)
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8")
  expect(response.headers.get("cache-control")).toBe("private, max-age=900")
  const tag = response.headers.get("etag") ?? ""
  const events = new ICAL.Component(ICAL.parse(await response.text()))
    .getAllSubcomponents("vevent")
    .map((each) => new ICAL.Event(each))
  const read = await readShifts(world.ctx("ops"), {
    rota: own.id,
    from: iso(nowMs - 2 * HOUR_MS),
    to: iso(nowMs + 90 * 24 * HOUR_MS),
  })
  const shifts = read.ok ? (read.value.rotas[0]?.shifts ?? []) : []
  const whole = shifts.slice(0, -1).filter(({ person }) => person !== null)
  expect(whole.length).toBeGreaterThan(80)
  const whole2nd = (time: string) => Math.floor(Date.parse(time) / 1_000)
  const told = new Map(events.map((each) => [each.startDate.toUnixTime(), each]))
  for (const { start, end, person } of whole) {
    expect(told.get(whole2nd(start))?.endDate.toUnixTime()).toBe(whole2nd(end))
    expect(told.get(whole2nd(start))?.summary).toBe(`${person?.name}: Engineers`)
  }
  expect((await ask(first, { "if-none-match": tag })).status).toBe(304)
  await takeOver(own, { startsAt: iso(nowMs + 2 * HOUR_MS), personId: id("security") })
  const changed = await ask(first, { "if-none-match": tag })
  expect(changed.status).toBe(200)
  expect(await changed.text()).toContain("Person security")

  const secret = first.split("/").at(-1)?.replace(".ics", "") ?? ""
  const second = await issue()
  const unknown = await ask(first)
  const guessed = await ask(first.replace(secret, "guess"))
  expect([unknown.status, guessed.status, (await ask(second)).status]).toEqual([404, 404, 200])
  const { requestId: _, ...said } = (await unknown.json()) as Record<string, unknown>
  expect(said).toEqual(await guessed.json())
  expect(await revokeFeed(world.ctx("ops"), own.id, undefined)).toMatchObject({ value: { revoked: true } })
  expect((await ask(second)).status).toBe(404)
  const kept = JSON.stringify([await prisma.oncallRota.findMany(), await prisma.securityEvent.findMany()])
  expect(kept).not.toContain(secret)
})

test("whoever asks the feed too often waits", async () => {
  const headers = { "x-forwarded-for": "203.0.113.77" }
  const request = new Request("http://127.0.0.1/oncall/feed/guess.ics", { headers })
  const context = { params: Promise.resolve({ token: "guess.ics" }) }
  expect((await getFeed(request.clone(), context)).status).toBe(404)
  await prisma.rateLimit.updateMany({ where: { bucket: { startsWith: "oncall-feed:" } }, data: { count: 300 } })
  const answer = await getFeed(request, context)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
})
