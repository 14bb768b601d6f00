import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { queueRun } from "@/lib/domain/run/queue-run"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { incidentWorld } from "@/lib/testing/world/incident-world"
import { type Asking, ask, bearer } from "./call-route.fixture"
import { GET as list } from "./incidents/route"
import { POST as acknowledge } from "./releases/[id]/incidents/[incidentId]/acknowledge/route"
import { POST as post } from "./releases/[id]/incidents/[incidentId]/messages/route"
import { POST as note } from "./releases/[id]/incidents/[incidentId]/notes/route"
import { PUT as pin, DELETE as unpin } from "./releases/[id]/incidents/[incidentId]/pins/[seq]/route"
import { POST as resolve } from "./releases/[id]/incidents/[incidentId]/resolve/route"
import { POST as give } from "./releases/[id]/incidents/[incidentId]/roles/route"
import { POST as change } from "./releases/[id]/incidents/[incidentId]/severity/route"
import { POST as stop } from "./releases/[id]/incidents/[incidentId]/stop-deploy/route"
import { GET as templates } from "./releases/[id]/incidents/[incidentId]/templates/route"
import { POST as tick } from "./releases/[id]/incidents/[incidentId]/ticks/route"
import { POST as declare } from "./releases/[id]/incidents/route"

let world: ConsoleWorld
let authorization: string
let id: string
let incidentId: string
const story = incidentWorld(() => world)
beforeAll(async () => {
  world = await consoleWorld()
  authorization = await bearer(world.ctx("ops").person?.id, ["read", "incident:write", "deploy"])
  id = await world.release()
  incidentId = await story.declare(id, "high", "It is slow")
})
afterAll(closeConsole)

type Handler = Parameters<typeof ask>[0]
const asked = (handler: Handler, body?: unknown, more: Partial<Asking> = {}) =>
  ask(handler, { authorization, params: { id, incidentId, seq: "1" }, method: "POST", body, ...more })
const written = async () => ({
  release: await prisma.release.findUniqueOrThrow({ where: { id } }),
  events: await prisma.event.count(),
  incidents: await prisma.incident.findMany({ orderBy: { id: "asc" } }),
  timers: await prisma.timer.findMany({ orderBy: { id: "asc" } }),
})

const reversed = "a\u202eb"
const refusals: [string, Handler, unknown, string][] = [
  ["no title", declare, { severity: "high", words: "x" }, "title"],
  ["NUL in a title", declare, { title: "a\u0000", severity: "high", words: "x" }, "title"],
  ["text turned around", declare, { title: reversed, severity: "high", words: "x" }, "title"],
  ["half a character", declare, { title: "a\ud800", severity: "high", words: "x" }, "title"],
  ["another severity", declare, { title: "x", severity: "toString", words: "x" }, "severity"],
  ["what was seen is empty", declare, { title: "x", severity: "high", words: " " }, "words"],
  ["an unknown field", declare, { title: "x", severity: "high", words: "x", startedAt: "1970-01-01" }, "startedAt"],
  ["no reason", change, { severity: "low", reason: "" }, "reason"],
  ["a stage that is not there", tick, { stageKey: "nowhere", action: 0, done: true }, "stageKey"],
  ["an action far away", tick, { stageKey: "immediate", action: 999, done: true }, "action"],
  ["an action without end", tick, { stageKey: "immediate", action: 1e308, done: true }, "action"],
  ["an action below nought", tick, { stageKey: "immediate", action: -1, done: true }, "action"],
  ["an empty note", note, { text: "\n" }, "text"],
  ["a note too long", note, { text: "x".repeat(4_001) }, "text"],
  ["nobody's id", give, { role: "commander", personId: randomUUID() }, "personId"],
  ["no id", give, { role: "commander", personId: "Ann" }, "personId"],
  ["another role", give, { role: "__proto__", personId: null }, "role"],
  ["another how", resolve, { how: "magic", words: "x" }, "how"],
  ["no words", resolve, { how: "fixed", words: "" }, "words"],
  ["no reason to stop", stop, { reason: "" }, "reason"],
]
test.each(refusals)("%s: refused by its field, and nothing is written", async (_, handler, body, field) => {
  const before = await written()
  const response = await asked(handler, body)
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ field })]) })
  expect(await written()).toEqual(before)
})

test("an incident of another release is not there, and neither is one that nobody declared", async () => {
  const other = await world.release()
  const before = await written()
  for (const params of [
    { id: other, incidentId, seq: "1" },
    { id, incidentId: randomUUID(), seq: "1" },
    { id, incidentId: "constructor", seq: "1" },
  ]) {
    expect((await asked(acknowledge, {}, { params })).status).toBe(404)
    expect((await asked(resolve, { how: "fixed", words: "x" }, { params })).status).toBe(404)
    expect((await asked(stop, { reason: "x" }, { params })).status).toBe(404)
    expect((await asked(pin, { words: "x" }, { params, method: "PUT" })).status).toBe(404)
    expect((await asked(templates, undefined, { params, method: "GET" })).status).toBe(404)
  }
  expect(await written()).toEqual(before)
})

test("who may only look may not act; telling customers takes a person", async () => {
  const viewer = await bearer(world.ctx("viewer").person?.id, ["read", "incident:write"])
  expect((await asked(acknowledge, {}, { authorization: viewer })).status).toBe(403)
  expect((await asked(list, undefined, { authorization: viewer, method: "GET" })).status).toBe(200)
  const security = await bearer(world.ctx("security").person?.id, ["incident:write"])
  expect((await asked(note, { text: "Seen" }, { authorization: security })).status).toBe(200)
  expect((await asked(resolve, { how: "fixed", words: "x" }, { authorization: security })).status).toBe(403)
  const message = { audience: "customers", status: "investigating", title: "We look", text: "Some requests fail." }
  expect((await asked(post, message)).status).toBe(403)
})

test("declared twice with one key it is one incident; the same thing by somebody else is a conflict", async () => {
  const headers = { "idempotency-key": randomUUID() }
  const body = { title: "It is gone", severity: "critical", words: "404 everywhere" }
  const answers = [await asked(declare, body, { headers }), await asked(declare, body, { headers })]
  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
  expect(second).toEqual(first)
  const conflict = await asked(declare, body)
  expect(conflict.status).toBe(409)
  expect(await conflict.json()).toMatchObject({ errors: [{ field: "title" }], incidentId: first.result.incidentId })
  expect(await prisma.incident.count({ where: { releaseId: id, title: body.title } })).toBe(1)
  const levels = await prisma.timer.findMany({ where: { subject: `incident:${first.result.incidentId}` } })
  expect(levels.map(({ kind }) => kind)).toEqual(Array(4).fill("incident_level"))
})

test("notes, ticks, roles and pins are on the incident; a pin names an event that is there", async () => {
  const commander = world.ctx("devops").person
  expect((await asked(give, { role: "commander", personId: commander?.id })).status).toBe(200)
  const { stages } = await story.incident(id, incidentId)
  expect((await asked(tick, { stageKey: stages[0]?.key, action: 0, done: true })).status).toBe(200)
  expect((await asked(pin, { words: "Here it began" }, { method: "PUT" })).status).toBe(200)
  for (const seq of ["0", "-1", "1e3", "9999999", "x", "99999999999999999999"]) {
    const params = { id, incidentId, seq }
    expect((await asked(pin, { words: "x" }, { method: "PUT", params })).status, seq).toBe(404)
  }
  expect(await story.incident(id, incidentId)).toMatchObject({
    roles: { commander: { name: "Person devops" } },
    pins: [{ seq: 1, words: "Here it began" }],
  })
  expect((await asked(unpin, undefined, { method: "DELETE" })).status).toBe(200)
  expect((await story.incident(id, incidentId)).pins).toEqual([])
})

test("the playbook's messages come filled in", async () => {
  const { templates: filled } = await (await asked(templates, undefined, { method: "GET" })).json()
  expect(filled).toHaveLength(world.playbook.incident.templates?.length ?? 0)
  const text: string = filled[0].text
  expect(text).toContain("High incident on POSTD (Production), version 1.1.0: It is slow.")
  expect(text).toContain(`http://127.0.0.1:3000/releases/${id}/incident`)
  expect(filled.map((each: { text: string }) => each.text).join()).not.toContain("{{")
})

test("the list knows what is open, of which service, and goes on where it ended", async () => {
  const get = async (query: Record<string, string>) =>
    (await (await asked(list, undefined, { method: "GET", query })).json()).incidents
  const all = await get({ service: world.service.key })
  expect(all.map(({ number }: { number: number }) => number)).toEqual([2, 1])
  expect(all[1]).toMatchObject({ id: incidentId, releaseId: id, service: { key: world.service.key }, status: "open" })
  expect(await get({ before: all[0].startedAt, limit: "1" })).toMatchObject([{ number: 1 }])
  expect(await get({ service: "nowhere" })).toEqual([])
  await asked(acknowledge, { note: "On it" })
  expect(await get({ status: "acknowledged" })).toMatchObject([{ id: incidentId, acknowledgedAt: expect.any(String) }])
  await asked(resolve, { how: "fixed", words: "More machines" })
  expect(await get({ status: "unresolved" })).toMatchObject([{ number: 2 }])
  expect(await get({ status: "resolved" })).toMatchObject([{ id: incidentId, nextDueAt: null }])
  expect((await asked(resolve, { how: "fixed", words: "Again" })).status).toBe(409)
  const odd = await asked(list, undefined, { method: "GET", query: { status: "gone" } })
  expect([odd.status, (await odd.json()).errors[0].field]).toEqual([422, "status"])
})

test("a deployment that is under way is stopped in one act, and the incident says so", async () => {
  expect((await asked(stop, { reason: "Stop" }, { params: { id, incidentId } })).status).toBe(409)
  const other = await world.release()
  const open = await story.declare(other, "critical")
  const params = { id: other, incidentId: open }
  expect((await asked(stop, { reason: "Stop" }, { params })).status, "nothing is under way").toBe(409)
  const runId = randomUUID()
  const actor = { type: "person", id: randomUUID(), name: "Oz", role: "ops" } as const
  await withRelease(other, () => ({ ok: true, ...queueRun("deploy", { runId, input: {}, steps: [] }, actor) }))
  expect((await asked(stop, { reason: "Users see errors" }, { params })).status).toBe(200)
  const state = await story.state(other)
  expect(state.runs[runId]).toMatchObject({ status: "aborted", abort: { reason: "Incident 1: Users see errors" } })
  expect(state.incidents[open]?.notes).toMatchObject([{ text: "Stopped the deployment: Users see errors" }])
})
