import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { NoticeList } from "@/lib/contracts/api/notices"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { changeRole } from "@/lib/server/people/change-role"
import { disablePerson } from "@/lib/server/people/disable-person"
import { sessionCookie } from "@/lib/testing/session-cookie"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey } from "@/lib/testing/world/console-world"
import { POST } from "./read/route"
import { GET as list } from "./route"
import { GET as stream } from "./stream/route"

let world: ConsoleWorld
/** Another service: whoever has a role for the first alone does not see it. */
const other = { id: randomUUID(), key: "elsewhere", name: "Elsewhere" }
beforeAll(async () => {
  world = await consoleWorld()
  await prisma.service.create({ data: other })
  const userId = idOf("viewer")
  await prisma.roleGrant.updateMany({ where: { userId }, data: { serviceId: world.service.id } })
})
beforeEach(() => prisma.notice.deleteMany())
afterAll(closeConsole)

const idOf = (person: PersonKey) => world.ctx(person).person?.id ?? ""

async function tell(title: string, more: Record<string, unknown> = {}): Promise<void> {
  const words = { title, text: "", topic: "incident", severity: "critical", href: "/" }
  await prisma.notice.create({ data: { id: randomUUID(), serviceId: world.service.id, ...words, ...more } })
  ring("notices")
}

async function ask(
  handler: typeof list,
  person: PersonKey,
  { query = "", body, signal }: { query?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000/api/v1/me/notices?${query}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      cookie: await sessionCookie(idOf(person)),
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  })
  return handler(request, { params: Promise.resolve({}) })
}
const read = async (person: PersonKey, query = ""): Promise<NoticeList> => (await ask(list, person, { query })).json()
const titles = async (person: PersonKey) => (await read(person)).notices.map(({ title }) => title)

/** What a browser hears until it goes away. */
async function listen(person: PersonKey) {
  const gone = new AbortController()
  const response = await ask(stream, person, { signal: gone.signal })
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  let text = ""
  const ended = (async () => {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part
  })().catch(() => undefined)
  await expect.poll(() => text).toContain(": open")
  return {
    heard: () => [...text.matchAll(/^event: notice\ndata: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data).title),
    marks: () => [...text.matchAll(/^event: read\ndata: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data)),
    ended,
    leave: () => {
      gone.abort()
      return ended
    },
  }
}

test("everybody with a role for the service sees what is for all, and nobody what is for another", async () => {
  await tell("To all")
  await tell("To devops", { userId: idOf("devops") })
  await tell("Elsewhere", { serviceId: other.id })
  expect(await titles("devops")).toEqual(["Elsewhere", "To devops", "To all"])
  expect(await titles("ops")).toEqual(["Elsewhere", "To all"])
  expect(await titles("viewer"), "a role for one service").toEqual(["To all"])
  const page = await read("devops", "limit=2")
  expect(page).toMatchObject({ more: true, unread: 3, notices: [{ mine: false }, { mine: true }] })
  const older = await read("devops", `limit=2&before=${page.notices.at(-1)?.seq}`)
  expect(older).toMatchObject({ more: false, notices: [{ title: "To all" }] })
  expect((await ask(list, "devops", { query: "before=yesterday" })).status).toBe(422)
})

test("what is read stays read; the mark never goes back, nor beyond what there is", async () => {
  for (const title of ["1", "2", "3"]) await tell(title)
  const [third, , first] = (await read("ops")).notices
  const mark = async (seq: string | undefined) => (await ask(POST, "ops", { body: { seq } })).json()
  expect(await mark(first?.seq)).toMatchObject({ readSeq: first?.seq, unread: 2 })
  expect(await mark("999999999999")).toMatchObject({ readSeq: third?.seq, unread: 0 })
  expect(await mark(first?.seq)).toMatchObject({ readSeq: third?.seq, unread: 0 })
  await tell("4")
  expect(await read("ops")).toMatchObject({ unread: 1, readSeq: third?.seq })
  expect((await read("devops")).unread, "everybody reads for themselves").toBe(4)
  expect((await ask(POST, "ops", { body: { seq: "x" } })).status).toBe(422)
})

test("what was said before somebody came is not new to them", async () => {
  await tell("Long ago", { createdAt: new Date(0) })
  await tell("Now")
  expect(await read("product")).toMatchObject({ unread: 1, notices: { length: 2 } })
})

test("the stream brings what comes in to whom it is for, and that it was read elsewhere", async () => {
  await tell("Before")
  const [devops, ops, viewer] = await Promise.all([listen("devops"), listen("ops"), listen("viewer")])
  await Promise.all(Array.from({ length: 20 }, (_, n) => tell(`All ${n}`)))
  await tell("To devops", { userId: idOf("devops") })
  await tell("Elsewhere", { serviceId: other.id })
  await expect.poll(() => new Set(devops.heard()).size, { timeout: 10_000 }).toBe(22)
  await expect.poll(() => ops.heard().length, { timeout: 10_000 }).toBe(21)
  await expect.poll(() => viewer.heard().length, { timeout: 10_000 }).toBe(20)
  expect(devops.heard()).toHaveLength(22)
  expect(ops.heard()).not.toContain("To devops")
  expect(viewer.heard()).not.toContain("Elsewhere")
  expect(devops.heard(), "the list has what was there").not.toContain("Before")
  const newest = (await read("ops")).notices[0]?.seq
  await ask(POST, "ops", { body: { seq: newest } })
  await expect.poll(() => ops.marks().at(-1), { timeout: 10_000 }).toEqual({ readSeq: newest, unread: 0 })
  expect(devops.marks(), "each for themselves").not.toContainEqual({ readSeq: newest, unread: 0 })
  await Promise.all([devops, ops, viewer].map((one) => one.leave()))
})

test("a number that was given out earlier and committed later is not passed over", async () => {
  const devops = await listen("devops")
  await prisma.$transaction(async (tx) => {
    const words = { title: "Late", text: "", topic: "incident", severity: "info", href: "/" }
    await tx.notice.create({ data: { id: randomUUID(), serviceId: world.service.id, ...words } })
    await tell("Early")
    await expect.poll(() => devops.heard(), { timeout: 10_000 }).toEqual(["Early"])
  })
  ring("notices")
  await expect.poll(() => devops.heard(), { timeout: 10_000 }).toEqual(["Early", "Late"])
  await devops.leave()
})

test("who is disabled hears nothing more; who gets another role comes back and is asked anew", async () => {
  const [security, product, ops] = await Promise.all([listen("security"), listen("product"), listen("ops")])
  await disablePerson(world.ctx("admin"), idOf("security"), { disabled: true })
  await changeRole(world.ctx("admin"), idOf("product"), "give", { role: "ops", service: null })
  await Promise.all([security.ended, product.ended])
  await tell("After that")
  await expect.poll(() => ops.heard(), { timeout: 10_000 }).toEqual(["After that"])
  expect([...security.heard(), ...product.heard()]).toEqual([])
  expect((await ask(stream, "security")).status).toBeGreaterThanOrEqual(401)
  expect(await titles("product")).toEqual(["After that"])
  await ops.leave()
})
