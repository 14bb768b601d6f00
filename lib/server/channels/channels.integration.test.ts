import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { ChannelView } from "@/lib/contracts/api/channels"
import { notificationMessageSchema } from "@/lib/contracts/notification-message"
import { mayPerform } from "@/lib/domain/access/policy"
import { roles } from "@/lib/domain/access/roles"
import { type Topic, topicKeys } from "@/lib/domain/notification/topics"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { claimMessage } from "@/lib/server/outbox/claim-message"
import { markDelivered, markFailed } from "@/lib/server/outbox/end-message"
import { listDeliveries } from "@/lib/server/outbox/list-deliveries"
import type { Result } from "@/lib/server/result"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey } from "@/lib/testing/world/console-world"
import { createChannel } from "./create-channel"
import { listChannelDeliveries } from "./list-channel-deliveries"
import { listChannels } from "./list-channels"
import { readDelivery } from "./read-delivery"
import { removeChannel } from "./remove-channel"
import { retryDelivery } from "./retry-delivery"
import { openChannel } from "./sealed-channel"
import { sendTest } from "./send-test"
import { setRoutes } from "./set-routes"
import { updateChannel } from "./update-channel"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`
const OTHER_SECRET = `whsec_${Buffer.alloc(24, 9).toString("base64")}`
const url = "https://hooks.example/golive"

function value<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value
}

async function make(more: Record<string, unknown> = {}, by: PersonKey = "devops"): Promise<ChannelView> {
  const body = { kind: "webhook", name: `Hook ${randomUUID()}`, config: { url, secret: SECRET }, ...more }
  return value(await createChannel(world.ctx(by), world.service.key, body)).channel
}
const place = ({ id }: ChannelView) => ({ service: world.service.key, channelId: id })
const rowOf = ({ id }: ChannelView) => prisma.channel.findUniqueOrThrow({ where: { id }, include: { routes: true } })
async function found({ id }: ChannelView): Promise<ChannelView> {
  const { channels } = value(await listChannels(world.ctx("devops"), world.service.key))
  const one = channels.find((channel) => channel.id === id)
  if (!one) throw new Error("the channel is not listed")
  return one
}

describe("channels", () => {
  test.each(roles)("%s: sees, changes and tests them as the policy says, on record", async (role) => {
    const channel = await make()
    const ctx = world.ctx(role)
    const service = world.service.key
    const userId = ctx.person?.id ?? ""
    const events = () => prisma.securityEvent.count({ where: { userId } })
    const before = await events()
    const acts = [
      ["channel.read", await listChannels(ctx, service)],
      ["channel.test", await sendTest(ctx, place(channel), {})],
      ["channel.edit", await updateChannel(ctx, place(channel), { revision: 1, name: `Hook ${randomUUID()}` })],
      [
        "channel.edit",
        await setRoutes(ctx, service, { changes: [{ channelId: channel.id, topic: "page", on: true }] }),
      ],
      ["channel.edit", await removeChannel(ctx, place(channel), { revision: 2 })],
    ] as const
    for (const [action, answer] of acts) {
      expect(answer.ok, action).toBe(mayPerform([role], action))
      if (!answer.ok) expect(answer.refusal.code).toBe("forbidden")
    }
    // What is refused is on record, and so is every change.
    const reads = mayPerform([role], "channel.read") ? 1 : 0
    expect(await events()).toBe(before + acts.length - reads)
    const seen = acts[0][1]
    if (seen.ok) expect(seen.value.channels.every(({ config }) => (config !== null) === seen.value.may.edit)).toBe(true)
  })

  test("what is secret goes in and never comes out; left out it stays, null takes it away", async () => {
    const channel = await make()
    expect(channel).toMatchObject({ config: { url }, secretFields: ["secret"], revision: 1, enabled: true })
    const { config, ...answered } = value(
      await updateChannel(world.ctx("devops"), place(channel), { revision: 1, config: { url: `${url}/2` } }),
    ).channel
    expect(config).toEqual({ url: `${url}/2` })
    const row = await rowOf(channel)
    expect(row.config).toEqual({ url: `${url}/2` })
    expect(await openChannel(row)).toEqual({ ok: true, fields: { secret: SECRET } })
    const changed = await updateChannel(world.ctx("devops"), place(channel), {
      ...{ revision: 2, config: { url, secret: OTHER_SECRET } },
    })
    expect(await openChannel(await rowOf(channel))).toEqual({ ok: true, fields: { secret: OTHER_SECRET } })
    const told = JSON.stringify([answered, changed, value(await listChannels(world.ctx("admin"), world.service.key))])
    const recorded = JSON.stringify(
      await prisma.securityEvent.findMany({ where: { type: { startsWith: "channel." } } }),
    )
    for (const secret of [SECRET, OTHER_SECRET]) {
      expect(told + recorded).not.toContain(secret)
      expect(Buffer.from((await rowOf(channel)).sealed ?? []).includes(secret)).toBe(false)
    }
    const required = await updateChannel(world.ctx("devops"), place(channel), {
      revision: 3,
      config: { url, secret: null },
    })
    expect(required).toMatchObject({ ok: false, refusal: { code: "invalid", field: "config.secret" } })

    const mail = { host: "smtp.example", from: "golive@example.test", to: ["team@example.test"] }
    const letters = await make({ kind: "email", config: { ...mail, username: "golive", password: "a password" } })
    expect(letters.secretFields).toEqual(["password"])
    const without = await updateChannel(world.ctx("devops"), place(letters), {
      ...{ revision: 1, config: { ...mail, password: null } },
    })
    expect(value(without).channel).toMatchObject({ secretFields: [], revision: 2 })
    expect(await rowOf(letters)).toMatchObject({ sealed: null, keyId: null })
  })

  test.each<[string, Record<string, unknown>, string]>([
    ["an address is missing", { config: { secret: SECRET } }, "config.url"],
    ["a file is no address", { config: { url: "file:///etc/passwd", secret: SECRET } }, "config.url"],
    ["a setting that nobody knows", { config: { url, secret: SECRET, retries: 3 } }, "config.retries"],
    ["a secret that signs nothing", { config: { url, secret: "short" } }, "config.secret"],
    ["another scheme hidden in a text", { kind: "email", config: { host: "gopher://x" } }, "config.host"],
    ["a kind that nobody knows", { kind: "pigeon" }, "kind"],
    ["a name that is taken, whatever its case", { name: "PAGER_%" }, "name"],
    ["no name", { name: "  " }, "name"],
    ["a topic that nobody knows", { topics: ["weather"] }, "topics.0"],
  ])("%s: refused by the field's name, and nothing is stored", async (_, more, field) => {
    if (field === "name") await make({ name: "pager_%" }).catch(() => undefined)
    const count = () => prisma.channel.count({ where: { serviceId: world.service.id } })
    const before = await count()
    const body = { kind: "webhook", name: `Hook ${randomUUID()}`, config: { url, secret: SECRET }, ...more }
    const answer = await createChannel(world.ctx("devops"), world.service.key, body)
    expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", field } })
    expect(await count()).toBe(before)
  })

  test("a name with signs that stand for others is taken by itself alone", async () => {
    await make({ name: "100%" })
    expect((await make({ name: "100 times" })).name).toBe("100 times")
  })

  test("of two who change the same one, the second is told what there is now", async () => {
    const channel = await make()
    const both = await Promise.all([
      updateChannel(world.ctx("devops"), place(channel), { revision: 1, enabled: false }),
      updateChannel(world.ctx("admin"), place(channel), { revision: 1, allowPrivateNetwork: true }),
    ])
    const late = both.find((answer) => !answer.ok)
    expect(both.filter((answer) => answer.ok)).toHaveLength(1)
    const current = await found(channel)
    expect(late).toMatchObject({ refusal: { code: "stale", field: "revision", detail: { current } } })
    expect(current.enabled).not.toBe(current.allowPrivateNetwork === false)
    const gone = await removeChannel(world.ctx("admin"), place(channel), { revision: 1 })
    expect(gone).toMatchObject({ ok: false, refusal: { code: "stale" } })
    expect(await removeChannel(world.ctx("admin"), place(channel), { revision: 2 })).toMatchObject({ ok: true })
  })

  test("a channel of another service is not there", async () => {
    const other = await prisma.service.create({ data: { id: randomUUID(), key: "elsewhere", name: "Elsewhere" } })
    const channel = await make()
    const elsewhere = { service: other.key, channelId: channel.id }
    const none = { ok: false, refusal: { code: "not_found" } }
    expect(await updateChannel(world.ctx("admin"), elsewhere, { revision: 1, enabled: false })).toMatchObject(none)
    expect(await sendTest(world.ctx("admin"), elsewhere, {})).toMatchObject(none)
    const changes = [{ channelId: channel.id, topic: "page", on: true }]
    expect(await setRoutes(world.ctx("admin"), other.key, { changes })).toMatchObject({
      refusal: { code: "invalid", field: "changes.0.channelId" },
    })
    expect((await rowOf(channel)).routes).toEqual([])
  })
})

test("who gets what: two who tick different boxes at once do not undo each other", async () => {
  const [one, two] = [await make({ topics: ["page"] }), await make()]
  const change = (by: PersonKey, changes: { channelId: string; topic: Topic; on: boolean }[]) =>
    setRoutes(world.ctx(by), world.service.key, { changes })
  await Promise.all([
    change("devops", [{ channelId: one.id, topic: "rollback", on: true }]),
    change("admin", [
      { channelId: one.id, topic: "incident", on: true },
      { channelId: two.id, topic: "alert", on: true },
    ]),
    change("devops", [{ channelId: one.id, topic: "page", on: false }]),
  ])
  expect([(await found(one)).topics, (await found(two)).topics]).toEqual([["rollback", "incident"], ["alert"]])

  const events = () => prisma.securityEvent.count({ where: { type: "channel.routed" } })
  const before = await events()
  const again = value(await change("devops", [{ channelId: two.id, topic: "alert", on: true }]))
  expect(again.topics).toMatchObject({ [one.id]: ["rollback", "incident"], [two.id]: ["alert"] })
  expect(await events()).toBe(before)
  const half = await change("devops", [
    { channelId: two.id, topic: "alert", on: false },
    { channelId: randomUUID(), topic: "alert", on: false },
  ])
  expect(half).toMatchObject({ ok: false, refusal: { field: "changes.1.channelId" } })
  expect((await found(two)).topics).toEqual(["alert"])
})

describe("messages", () => {
  const claim = async () => {
    const message = await claimMessage(["notification"], 60_000)
    if (!message) throw new Error("nothing is owed")
    return message
  }
  const ask = (query: Record<string, string>, by: PersonKey = "ops") =>
    listChannelDeliveries(world.ctx(by), world.service.key, query)
  const words = async (query: Record<string, string>) => value(await ask(query)).deliveries.map(({ status }) => status)

  test("a test says that it is one; its fate is shown, waited for, and given another chance", async () => {
    await prisma.outbox.deleteMany()
    const channel = await make()
    const sent = value(await sendTest(world.ctx("tech_lead"), place(channel), {})).delivery
    const at = { service: world.service.key, deliveryId: sent.id }
    expect(sent).toMatchObject({ status: "waiting", topic: "test", channel: { id: channel.id, kind: "webhook" } })
    expect(sent.words).toContain("Test")
    expect(await found(channel)).toMatchObject({ health: { state: "waiting", waiting: 1 } })
    expect(await retryDelivery(world.ctx("tech_lead"), at, {})).toMatchObject({ refusal: { code: "conflict" } })

    const first = await claim()
    const { notification, head } = notificationMessageSchema.parse(first.payload)
    expect([head, notification.act, notification.incidentId]).toEqual([null, "tell", null])
    // Whoever watches is told at once that the first attempt was in vain, even where that was before they asked.
    const waiting = { waitSeconds: "20", seen: sent.tag }
    const waited = readDelivery(world.ctx("ops"), at, waiting, new AbortController().signal)
    await markFailed(first, "It answered 500", { final: false })
    expect(value(await waited).delivery).toMatchObject({ status: "retrying", lastError: "It answered 500" })
    expect((await found(channel)).health).toMatchObject({
      state: "retrying",
      lastError: "It answered 500",
      retrying: 1,
    })

    await prisma.outbox.update({ where: { id: sent.id }, data: { nextTryAt: new Date(0) } })
    await markFailed(await claim(), "It answered 410", { final: true })
    expect((await found(channel)).health).toMatchObject({ state: "failing", waiting: 0, failedLastDay: 1 })
    expect(await retryDelivery(world.ctx("ops"), at, {})).toMatchObject({ refusal: { code: "forbidden" } })
    const again = value(await retryDelivery(world.ctx("tech_lead"), at, {})).delivery
    expect(again).toMatchObject({ id: sent.id, status: "retrying", attempts: 0 })
    await markDelivered(await claim())
    expect((await found(channel)).health).toMatchObject({ state: "working", lastError: null, failedLastDay: 0 })
    expect(await retryDelivery(world.ctx("tech_lead"), at, {})).toMatchObject({ refusal: { code: "conflict" } })
  })

  test("they are found by channel, state and topic, page by page; a channel that goes gives up what it owed", async () => {
    await prisma.outbox.deleteMany()
    const [one, two] = [await make(), await make()]
    for (const channel of [one, two, one]) value(await sendTest(world.ctx("devops"), place(channel), {}))
    await markDelivered(await claim())
    await markFailed(await claim(), "It answered 404", { final: true })
    expect(await words({})).toEqual(["waiting", "given_up", "delivered"])
    expect(await words({ channelId: one.id })).toEqual(["waiting", "delivered"])
    for (const status of ["waiting", "given_up", "delivered"]) expect(await words({ status })).toEqual([status])
    expect(await words({ status: "retrying" })).toEqual([])
    expect(await words({ topic: "page" })).toEqual([])
    const page = value(await ask({ limit: "2" }))
    expect(page).toMatchObject({ more: true, deliveries: { length: 2 } })
    const before = page.deliveries.at(-1)?.seq ?? ""
    expect(value(await ask({ limit: "2", before }))).toMatchObject({ more: false, deliveries: { length: 1 } })
    expect(await ask({ topic: "weather" })).toMatchObject({ refusal: { code: "invalid", field: "topic" } })

    expect(await removeChannel(world.ctx("admin"), place(one), { revision: 1 })).toMatchObject({
      value: { removed: true, givenUp: 1 },
    })
    expect(await claimMessage(["notification"], 1_000)).toBeNull()
    expect(await words({})).toEqual(["given_up"])
  })

  test("a channel that is off sends no test, and six at once are too many", async () => {
    await prisma.outbox.deleteMany()
    const channel = await make()
    for (let n = 0; n < 5; n += 1) value(await sendTest(world.ctx("devops"), place(channel), {}))
    expect(await sendTest(world.ctx("devops"), place(channel), {})).toMatchObject({ refusal: { code: "rate_limited" } })
    value(await updateChannel(world.ctx("devops"), place(channel), { revision: 1, enabled: false }))
    expect(await sendTest(world.ctx("devops"), place(channel), {})).toMatchObject({ refusal: { code: "conflict" } })
    expect((await found(channel)).health.state).toBe("off")
  })

  test("a release's notifications stand beside its reports, for those who may see channels", async () => {
    const id = await world.release()
    const channel = await make()
    const now = await databaseNow()
    const data = { releaseId: id, createdAt: now, payload: { notification: { title: "It went live" }, head: null } }
    const ids = { id: randomUUID(), channelId: channel.id }
    await prisma.outbox.create({ data: { ...data, ...ids, kind: "notification", topic: "go_live" } })
    const seen = value(await listDeliveries(world.ctx("ops"), id)).deliveries
    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: "notification",
        words: "It went live",
        topic: "go_live",
        release: { id, name: expect.any(String) },
      }),
    )
    expect(value(await listDeliveries(world.ctx("viewer"), id)).deliveries.map(({ kind }) => kind)).not.toContain(
      "notification",
    )
  })
})

test("all topics can be routed at once", async () => {
  const channel = await make({ topics: [...topicKeys, "page"] })
  expect(channel.topics).toEqual(topicKeys)
})
