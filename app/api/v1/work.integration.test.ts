import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import { checkKindsSchema, historySchema, workSchema } from "@/lib/contracts/api/responses"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { historySql } from "@/lib/server/checklist/read-history"
import { requestCheck } from "@/lib/server/checklist/request-check"
import { databasePool, prisma } from "@/lib/server/db"
import { closeRelease } from "@/lib/server/releases/close-release"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { mentionsSql } from "@/lib/server/work/read-work"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { Prisma } from "@/prisma/generated/client/client"
import { ask, bearer } from "./call-route.fixture"
import { GET as listChecks } from "./checks/route"
import { GET as readHistory } from "./releases/[id]/checklist/[itemKey]/history/route"
import { PATCH } from "./releases/[id]/checklist/[itemKey]/route"
import { GET as readWork } from "./work/route"

let world: ConsoleWorld
let keys: string[]
let lead: string
let ops: { id: string; authorization: string }
beforeAll(async () => {
  world = await consoleWorld()
  keys = world.playbook.checklist.groups.flatMap(({ items }) => items.map(({ key }) => key))
  lead = await bearer(world.ctx("tech_lead").person?.id, ["read", "checklist:write"])
  const id = world.ctx("ops").person?.id ?? ""
  ops = { id, authorization: await bearer(id, ["read"]) }
})
afterAll(closeConsole)

const patch = (id: string, itemKey: string, body: unknown) =>
  ask(PATCH, { authorization: lead, params: { id, itemKey }, method: "PATCH", body })
const history = (id: string, itemKey: string, query: Record<string, string> = {}) =>
  ask(readHistory, { authorization: lead, params: { id, itemKey }, query })
const work = async (authorization = ops.authorization) => {
  const response = await ask(readWork, { authorization, params: {} })
  expect(response.status).toBe(200)
  return workSchema.parse(await response.json())
}

/** Many events besides those of the test, as a long go-live has them; only to be read past. */
async function fillWithEvents(releaseId: string, events: number): Promise<void> {
  // They are no chain, which the database would refuse.
  await databasePool().query(`ALTER TABLE "Event" DISABLE TRIGGER USER`)
  await databasePool().query(
    `INSERT INTO "Event" ("releaseId", seq, id, type, actor, at, data, "prevHash", hash)
     SELECT $1, 100000 + n, gen_random_uuid(), 'checklist.comment_added', '{"type":"console","reason":"x"}', now() - interval '1 day',
       jsonb_build_object('itemKey', 'other-' || n % 50, 'text', 'x', 'commentId', n, 'mentions',
         jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'name', 'X'))), repeat('0', 64), repeat('0', 64)
     FROM generate_series(1, $2::int) n`,
    [releaseId, events],
  )
  await databasePool().query(`ALTER TABLE "Event" ENABLE TRIGGER USER`)
  await databasePool().query(`ANALYZE "Event"`)
}

async function planOf(sql: Prisma.Sql): Promise<string> {
  const rows = await prisma.$queryRaw<{ "QUERY PLAN": string }[]>(Prisma.sql`EXPLAIN (ANALYZE) ${sql}`)
  return rows.map((row) => row["QUERY PLAN"]).join("\n")
}

describe("the history of an item", () => {
  test("is all that happened to it, the newest first, in pages", async () => {
    const id = await world.release()
    const check = Object.values((await readReleaseState(id)).items).find((item) => item.check)?.key ?? ""
    await patch(id, check, { revision: 0, state: "passed", note: "Seen" })
    await patch(id, keys.find((key) => key !== check) ?? "", { revision: 0, comment: "Of another item" })
    await patch(id, check, { revision: 1, comment: "A comment" })
    expect(await requestCheck(world.ctx("tech_lead"), id, check, undefined)).toMatchObject({ ok: true })
    const all = historySchema.parse(await (await history(id, check)).json())
    expect(all.more).toBe(false)
    expect(all.events.map(({ type }) => type)).toEqual([
      "checklist.check_requested",
      "run.queued",
      "checklist.comment_added",
      "checklist.item_passed",
    ])
    const first = historySchema.parse(await (await history(id, check, { limit: "3" })).json())
    expect(first).toEqual({ events: all.events.slice(0, 3), more: true })
    const before = String(first.events.at(-1)?.seq)
    expect(await (await history(id, check, { limit: "3", before })).json()).toEqual({
      events: all.events.slice(3),
      more: false,
    })
  })

  test("of an untouched item is empty, of none is not found, and of nonsense is refused", async () => {
    const id = await world.release()
    expect(await (await history(id, keys[0] ?? "")).json()).toEqual({ events: [], more: false })
    for (const itemKey of ["no-such-item", "__proto__", "' OR 1=1 --"])
      expect((await history(id, itemKey)).status).toBe(404)
    const nonsense: Record<string, string>[] = [
      { before: "-1" },
      { before: "x" },
      { limit: "0" },
      { limit: "501" },
      { page: "1" },
    ]
    for (const query of nonsense) {
      expect((await history(id, keys[0] ?? "", query)).status, JSON.stringify(query)).toBe(422)
    }
  })

  test("is found by the index among thousands of events", async () => {
    const id = await world.release()
    await patch(id, keys[0] ?? "", { revision: 0, comment: "x" })
    await fillWithEvents(id, 5_000)
    const plan = await planOf(historySql(id, keys[0] ?? "", { limit: 100 }))
    expect(plan).toContain("Event_item")
    expect(plan).not.toContain('Seq Scan on "Event"')
    const body = await (await history(id, keys[0] ?? "")).json()
    expect(body.events).toHaveLength(1)
  })
})

describe("a mention", () => {
  test("is of people who are here, each once, and stays on the timeline by name", async () => {
    const id = await world.release()
    const itemKey = keys[0] ?? ""
    const people = [ops.id, world.ctx("devops").person?.id ?? ""]
    const done = await patch(id, itemKey, {
      revision: 0,
      comment: "Have a look",
      mentions: [...people, people[0]?.toUpperCase()],
    })
    expect(done.status).toBe(200)
    const { comments } = (await readReleaseState(id)).items[itemKey] ?? {}
    expect(comments?.[0]?.mentions).toEqual([
      { id: people[0], name: "Person ops" },
      { id: people[1], name: "Person devops" },
    ])
    const gone = world.ctx("product").person?.id ?? ""
    await prisma.user.update({ where: { id: gone }, data: { disabledAt: new Date() } })
    for (const mentions of [[randomUUID()], [ops.id, gone], ["ops"], Array.from({ length: 21 }, () => ops.id)]) {
      const refused = await patch(id, itemKey, { revision: 0, comment: "x", mentions })
      expect(refused.status).toBe(422)
      expect((await refused.json()).errors[0].field).toMatch(/^mentions/)
    }
    expect((await patch(id, itemKey, { revision: 0, mentions: [ops.id] })).status).toBe(422)
    expect((await readReleaseState(id)).items[itemKey]?.comments).toHaveLength(1)
  })
})

describe("my work", () => {
  test("is what is assigned to me, overdue first and done last, and what calls me", async () => {
    const id = await world.release()
    const closed = await world.release()
    const [a = "", b = "", c = "", d = "", e = ""] = keys
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    const assign = (release: string, key: string, more: object) =>
      patch(release, key, { revision: 0, assigneeId: ops.id, ...more })
    await assign(id, a, {})
    await assign(id, b, { dueAt: day(3) })
    await assign(id, c, { dueAt: day(-3) })
    await assign(id, d, { dueAt: day(-5), state: "passed", note: "Seen" })
    await assign(closed, e, { comment: "In the closed one", mentions: [ops.id] })
    await patch(id, e, { revision: 0, comment: "Please", mentions: [world.ctx("devops").person?.id, ops.id] })
    await patch(id, e, { revision: 0, comment: "Not you", mentions: [world.ctx("devops").person?.id] })
    await databasePool().query(
      `UPDATE "Release" SET state = jsonb_set(state, '{status}', '"rolled_back"') WHERE id = $1`,
      [closed],
    )
    expect(await closeRelease(world.ctx("tech_lead"), closed, {})).toMatchObject({ ok: true })

    const mine = await work()
    expect(mine.assigned.map(({ itemKey, status }) => [itemKey, status])).toEqual([
      [c, "open"],
      [b, "open"],
      [a, "open"],
      [d, "passed"],
    ])
    expect(mine.assigned[0]).toMatchObject({
      releaseId: id,
      releaseName: expect.any(String),
      dueAt: expect.any(String),
    })
    const calls = mine.mentions.filter(({ releaseId }) => [id, closed].includes(releaseId))
    expect(calls.map(({ text, by, releaseId }) => [text, by, releaseId])).toEqual([
      ["Please", "Person tech_lead", id],
      ["In the closed one", "Person tech_lead", closed],
    ])
    const title = (await readReleaseState(id)).items[e]?.title
    expect(calls[0]).toMatchObject({ itemKey: e, title })
    expect(await work(await bearer(world.ctx("security").person?.id, ["read"]))).toMatchObject({
      assigned: [],
      mentions: [],
    })
  })

  test("says that proof has outlived its limit, by the database's clock", async () => {
    const id = await world.release()
    const aging = Object.values((await readReleaseState(id)).items).find((item) => item.maxAgeMs !== null)?.key ?? ""
    await patch(id, aging, { revision: 0, assigneeId: ops.id, state: "passed", note: "Seen" })
    await databasePool().query(
      `UPDATE "Release" SET state = jsonb_set(state, $2, '"2020-01-01T00:00:00.000Z"') WHERE id = $1`,
      [id, ["items", aging, "validUntil"]],
    )
    const found = (await work()).assigned.find(({ releaseId }) => releaseId === id)
    expect(found).toMatchObject({ itemKey: aging, status: "stale" })
  })

  test("is only of services that I may see", async () => {
    const id = await world.release()
    const elsewhere = await consoleWorld()
    const person = elsewhere.ctx("ops").person?.id ?? ""
    await patch(id, keys[0] ?? "", { revision: 0, assigneeId: person, comment: "Come", mentions: [person] })
    const authorization = await bearer(person, ["read"])
    expect((await work(authorization)).mentions).toHaveLength(1)
    await prisma.roleGrant.updateMany({ where: { userId: person }, data: { serviceId: elsewhere.service.id } })
    expect(await work(authorization)).toEqual({ assigned: [], signatures: [], rounds: [], followups: [], mentions: [] })
    const own = await elsewhere.release()
    await patchItem(elsewhere.ctx("tech_lead"), own, keys[0] ?? "", {
      revision: 0,
      assigneeId: person,
      comment: "Here",
      mentions: [person],
    })
    const mine = await work(authorization)
    expect([mine.assigned.length, mine.mentions.length]).toEqual([1, 1])
    await prisma.roleGrant.deleteMany({ where: { userId: person } })
    expect((await ask(readWork, { authorization, params: {} })).status).toBe(403)
  })

  test("finds the newest fifty calls by the index", async () => {
    const id = await world.release()
    for (let n = 0; n < 52; n++)
      await patch(id, keys[0] ?? "", { revision: 0, comment: `Call ${n}`, mentions: [ops.id] })
    const { mentions } = await work()
    expect(mentions).toHaveLength(50)
    expect(mentions[0]?.text).toBe("Call 51")
    await fillWithEvents(id, 5_000)
    const plan = await planOf(mentionsSql(ops.id, Prisma.sql`TRUE`))
    expect(plan).toContain("Event_mentions")
  })
})

test("the kinds of checks come with the schema of what a person writes", async () => {
  const response = await ask(listChecks, { authorization: ops.authorization, params: {} })
  const { kinds } = checkKindsSchema.parse(await response.json())
  expect(kinds.map(({ kind }) => kind)).toEqual(Object.keys(checkDefinitions))
  const http = kinds.find(({ kind }) => kind === "http")
  expect(http).toMatchObject({
    provedBy: "machine",
    configSchema: { type: "object", required: ["url"], additionalProperties: false },
  })
  expect(http?.examples.length).toBeGreaterThan(0)
  expect(kinds.find(({ kind }) => kind === "manual")?.provedBy).toBe("person")
})
