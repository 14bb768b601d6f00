import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { workSchema } from "@/lib/contracts/api/responses"
import type { ReleaseState } from "@/lib/domain/release/state"
import { databaseNow } from "@/lib/server/clock"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey } from "@/lib/testing/world/console-world"
import { recordGoLive } from "@/lib/testing/world/record-go-live"
import { ask, bearer } from "./call-route.fixture"
import { PATCH as patchFollowup } from "./releases/[id]/followups/[followupKey]/route"
import { POST as cancel } from "./releases/[id]/reviews/[reviewId]/cancel/route"
import { PUT as move, GET as readReview } from "./releases/[id]/reviews/[reviewId]/route"
import { POST as schedule } from "./releases/[id]/reviews/route"
import { POST as judge } from "./releases/[id]/rounds/[roundKey]/judge/route"
import { POST as handOver } from "./releases/[id]/rounds/hand-over/route"
import { GET as getWork } from "./work/route"

let world: ConsoleWorld
let id: string
beforeAll(async () => {
  world = await consoleWorld()
  id = await world.release()
  await recordGoLive(id)
})
afterAll(closeConsole)

type Call = Omit<Parameters<typeof ask>[1], "params" | "authorization"> & { as?: PersonKey }

const bearers = new Map<PersonKey, string>()
async function call(
  handler: Parameters<typeof ask>[0],
  params: Record<string, string>,
  { as = "ops", method = "POST", ...more }: Call = {},
): Promise<Response> {
  const known = bearers.get(as) ?? (await bearer(personId(as), ["read", "checklist:write", "release:write"]))
  bearers.set(as, known)
  return ask(handler, { authorization: known, params, method, ...more })
}
const personId = (key: PersonKey) => world.ctx(key).person?.id ?? ""
const problem = async (response: Response) => {
  const { errors } = await response.json()
  return [response.status, errors?.[0]?.field]
}
const work = async (as: PersonKey) => {
  const response = await call(getWork, {}, { as, method: "GET" })
  return workSchema.parse(await response.json())
}

test("an open round is the work of whoever watches, until it is judged", async () => {
  const nowMs = (await databaseNow()).getTime()
  const data = {
    ...{ roundKey: "first-hours-1", bandKey: "first-hours", n: 1, dueAt: new Date(nowMs).toISOString() },
    ...{ closesAt: new Date(nowMs + 900_000).toISOString() },
    results: ["error-rate", "latency", "jobs"].map((itemKey) => ({ itemKey, ok: true, words: "Fine." })),
  }
  const actor = { type: "console", reason: "test" } as const
  await withRelease(id, () => ({ ok: true, events: [{ type: "round.opened", actor, data }] }))
  expect((await work("devops")).rounds).toEqual([])
  const handed = await call(handOver, { id }, { body: { personId: personId("devops"), note: "Good night" } })
  expect(handed.status).toBe(200)
  expect((await work("devops")).rounds).toMatchObject([
    { releaseId: id, roundKey: "first-hours-1", itemKey: "email", title: expect.stringContaining("email sending") },
  ])
  expect((await work("ops")).rounds).toEqual([])

  const round = { id, roundKey: "first-hours-1" }
  expect(await problem(await call(judge, round, { body: { itemKey: "email", ok: false } }))).toEqual([422, "note"])
  expect(await problem(await call(judge, round, { body: { itemKey: "nothing", ok: true } }))).toEqual([422, "itemKey"])
  expect((await call(judge, { id, roundKey: "first-hours-2" }, { body: { itemKey: "email", ok: true } })).status).toBe(
    404,
  )
  const bounced = { itemKey: "email", ok: false, note: "Two mails bounced" }
  const judged = await call(judge, round, { as: "devops", body: bounced })
  const { release }: { release: ReleaseState } = await judged.json()
  expect(release.rounds?.rounds["first-hours-1"]).toMatchObject({
    ...{ status: "done", judged: { email: { ok: false, words: "Two mails bounced", by: "Person devops" } } },
  })
  expect((await work("devops")).rounds).toEqual([])
})

test("the watch is not given to nobody, nor to somebody who may not look", async () => {
  for (const to of [randomUUID(), personId("viewer")]) {
    expect(await problem(await call(handOver, { id }, { body: { personId: to } }))).toEqual([422, "personId"])
  }
})

test("a review is scheduled, moved, carried into calendars and taken back", async () => {
  const startAt = new Date((await databaseNow()).getTime() + 86_400_000).toISOString()
  const body = { title: "Post-launch; review", startAt, durationMinutes: 45, peopleIds: [personId("devops")] }
  for (const [wrong, field] of [
    [{ startAt: "2199-01-01T00:00:00+00:00", durationMinutes: 1e308 }, "durationMinutes"],
    [{ startAt: "2300-01-01T00:00:00Z" }, "startAt"],
    [{ durationMinutes: -5 }, "durationMinutes"],
    [{ startAt: "2020-01-01T00:00:00Z" }, "startAt"],
    [{ peopleIds: [randomUUID()] }, "peopleIds"],
    [{ incidentId: randomUUID() }, "incidentId"],
    [{ title: "with \u0000" }, "title"],
  ] as const) {
    expect(await problem(await call(schedule, { id }, { body: { ...body, ...wrong } }))).toEqual([422, field])
  }
  const made = await call(schedule, { id }, { body })
  expect(made.status).toBe(201)
  const { release }: { release: ReleaseState } = await made.json()
  const [reviewId = ""] = Object.keys(release.reviews)
  expect(release.followups["after:review"]?.done).toMatchObject({ note: "Post-launch; review is scheduled." })

  const file = async () => {
    const response = await call(readReview, { id, reviewId: `${reviewId}.ics` }, { as: "viewer", method: "GET" })
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8")
    return (await response.text()).replaceAll("\r\n ", "")
  }
  const emails = await prisma.user.findMany({ where: { id: { in: [personId("ops"), personId("devops")] } } })
  const invited = await file()
  for (const line of [
    "METHOD:REQUEST",
    "SEQUENCE:0",
    "SUMMARY:Post-launch\\; review",
    `UID:review-${reviewId}@golive`,
  ]) {
    expect(invited.split("\r\n")).toContain(line)
  }
  for (const { email } of emails) expect(invited).toContain(`:mailto:${email}`)
  const there = await call(move, { id, reviewId }, { method: "PUT", body: { ...body, place: "Room 1" } })
  expect(there.status).toBe(200)
  expect(await file()).toContain("SEQUENCE:1\r\n")
  expect((await call(cancel, { id, reviewId }, { body: { reason: "Nobody can" } })).status).toBe(200)
  expect(await file()).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:2[\s\S]*STATUS:CANCELLED/)
  const again = await call(cancel, { id, reviewId }, { body: { reason: "Nobody can" } })
  expect(again.status).toBe(409)
  expect((await call(readReview, { id, reviewId: randomUUID() }, { method: "GET" })).status).toBe(404)
})

test("a follow-up that I was given is my work until it is done", async () => {
  const followupKey = "after:users"
  const change = (body: object) => call(patchFollowup, { id, followupKey }, { method: "PATCH", body })
  expect((await change({ revision: 0, assigneeId: personId("product") })).status).toBe(200)
  expect((await work("product")).followups).toMatchObject([{ releaseId: id, followupKey, list: "after" }])
  expect((await change({ revision: 1, done: true })).status).toBe(200)
  expect((await work("product")).followups).toEqual([])
})
