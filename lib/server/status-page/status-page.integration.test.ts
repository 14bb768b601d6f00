import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { GET } from "@/app/api/v1/status/[service]/route"
import { GET as feedRoute } from "@/app/status/[service]/feed.xml/route"
import { publicStatusSchema } from "@/lib/contracts/api/status-page"
import { mayPerform } from "@/lib/domain/access/policy"
import { roles } from "@/lib/domain/access/roles"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { listStatusPages } from "./list-status-pages"
import { putStatusPage } from "./put-status-page"
import { forgetStatusPages } from "./read-status-page"

const SECRET = "xylophone"
const actor = { type: "console", reason: `${SECRET} actor` } as const

let world: ConsoleWorld
let releaseId: string
beforeAll(async () => {
  world = await consoleWorld()
  releaseId = await world.release()
})
afterAll(closeConsole)

async function tell(events: NewEvent[]): Promise<void> {
  const told = await withRelease(releaseId, () => ({ ok: true, events, runs: [] }))
  if (!told.ok) throw new Error(told.refusal.message)
  forgetStatusPages()
}

const plan = { resolution: SECRET, fixWithinMs: null, repageMs: 60_000, levels: [] }
function declared(incidentId: string, number: number): NewEvent {
  const cause = { kind: "person", key: SECRET, words: `${SECRET} in the database` } as const
  const data = {
    incidentId,
    number,
    title: `${SECRET} is down`,
    severity: "critical" as const,
    cause,
    stages: [],
    plan,
  }
  return { type: "incident.declared", actor, data }
}
function message(
  incidentId: string,
  over: { audience?: "internal" | "customers"; title?: string; text?: string } = {},
) {
  const data = {
    ...{ incidentId, messageId: randomUUID(), audience: "customers" as const, status: "investigating" as const },
    ...{ template: SECRET, title: "We have a problem", text: "Some posts are late.", ...over },
  }
  return { type: "incident.message_posted", actor, data } satisfies NewEvent
}

const switched = (on: boolean) => putStatusPage(world.ctx("product"), { service: world.service.key }, { on })
const ask = (service = world.service.key) =>
  GET(new Request(`http://127.0.0.1:3000/api/v1/status/${service}`), { params: Promise.resolve({ service }) })
const feed = (service = world.service.key) =>
  feedRoute(new Request(`http://127.0.0.1:3000/status/${service}/feed.xml`), { params: Promise.resolve({ service }) })

describe("a public status page", () => {
  test("off, it is as unknown as one that is not there; on, it answers nobody in particular and may be kept", async () => {
    const [off, unknown] = await Promise.all([ask(), ask("no-such-service")])
    expect([off.status, unknown.status]).toEqual([404, 404])
    expect(await off.json()).toEqual(await unknown.json())
    expect((await feed()).status).toBe(404)

    expect(await switched(true)).toMatchObject({ ok: true, value: { on: true } })
    const on = await ask()
    expect(on.status).toBe(200)
    expect(on.headers.get("cache-control")).toMatch(/^public, .*s-maxage=15/)
    expect(on.headers.has("set-cookie")).toBe(false)
    expect(publicStatusSchema.strict().parse(await on.json())).toMatchObject({
      ...{ service: { name: "POSTD" }, state: "operational", words: "Everything works.", incidents: [], history: [] },
    })

    expect(await switched(false)).toMatchObject({ ok: true })
    expect((await ask()).status).toBe(404)
  })

  test("who may switch it is as the policy says; it is on record, once", async () => {
    for (const role of roles) {
      const answer = await putStatusPage(world.ctx(role), { service: world.service.key }, { on: true })
      expect(answer.ok, role).toBe(mayPerform([role], "status_page.edit"))
    }
    const records = await prisma.securityEvent.findMany({
      where: { type: "status_page.switched", data: { path: ["serviceId"], equals: world.service.id } },
    })
    expect(records.map(({ data }) => data)).toEqual(expect.arrayContaining([{ serviceId: world.service.id, on: true }]))
    // On, off and on again: who asked for what was so already is not on it.
    expect(records).toHaveLength(3)
    expect(await putStatusPage(world.ctx("admin"), { service: "no-such-service" }, { on: true })).toMatchObject({
      refusal: { code: "not_found" },
    })
    const wrong = await putStatusPage(world.ctx("admin"), { service: world.service.key }, { on: "yes" })
    expect(wrong).toMatchObject({ ok: false })
    const mine = (role: (typeof roles)[number]) =>
      listStatusPages(world.ctx(role)).then((all) => all.find(({ service }) => service.key === world.service.key))
    expect(await mine("product")).toMatchObject({ on: true, mayEdit: true })
    expect(await mine("viewer")).toMatchObject({ on: true, mayEdit: false })
  })

  test("what was written for customers is shown, and nothing else of an incident leaks", async () => {
    await switched(true)
    const [told, untold] = [randomUUID(), randomUUID()]
    await tell([
      declared(untold, 1),
      message(untold, { audience: "internal", title: SECRET, text: SECRET }),
      declared(told, 2),
      message(told),
      message(told, { audience: "internal", title: `${SECRET} cause`, text: `Ask ${SECRET}` }),
      { type: "incident.noted", actor, data: { incidentId: told, noteId: randomUUID(), text: SECRET } },
      { type: "incident.event_pinned", actor, data: { incidentId: told, seq: 1, words: SECRET } },
      { type: "maintenance.turned_on", actor, data: { message: "Back soon.", provider: SECRET } },
    ])
    const text = await (await ask()).text()
    const status = publicStatusSchema.parse(JSON.parse(text))
    expect(status).toMatchObject({
      state: "incident",
      incidents: [{ title: "We have a problem", updates: [{ text: "Some posts are late." }] }],
      maintenance: [{ environment: "Production", message: "Back soon." }],
    })
    const { name } = await prisma.release.findUniqueOrThrow({ where: { id: releaseId }, select: { name: true } })
    const atom = await (await feed()).text()
    expect(atom).toContain("Some posts are late.")
    for (const shown of [text, atom]) {
      for (const internal of [SECRET, releaseId, told, untold, name, "1.1.0", "Person", "127.0.0.1:9", "critical"]) {
        expect(shown).not.toContain(internal)
      }
    }

    await tell([
      { type: "incident.resolved", actor, data: { incidentId: told, how: "fixed", words: SECRET } },
      { type: "maintenance.turned_off", actor, data: { provider: SECRET } },
    ])
    const after = await (await ask()).text()
    expect(after).not.toContain(SECRET)
    expect(publicStatusSchema.parse(JSON.parse(after))).toMatchObject({
      ...{ state: "operational", incidents: [], maintenance: [] },
      history: [{ title: "We have a problem", status: "resolved", endedAt: expect.any(String) }],
    })
  })
})
