import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import type { Topic } from "@/lib/domain/notification/topics"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { findChannel } from "@/lib/server/channels/find-channel"
import { reencryptChannels } from "@/lib/server/channels/reencrypt-channels"
import { openChannel, openFields } from "@/lib/server/channels/sealed-channel"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { claimMessage } from "@/lib/server/outbox/claim-message"
import { newKey } from "@/lib/server/secrets/key-file"
import { type KeyRing, keyOf, keyRing } from "@/lib/server/secrets/key-ring"
import { pagerdutyKey, startPagerduty } from "@/lib/testing/servers/start-pagerduty"
import { slackHook, startSlack } from "@/lib/testing/servers/start-slack"
import { startWebhookReceiver, webhookSecret } from "@/lib/testing/servers/start-webhook-receiver"
import { addChannel } from "@/lib/testing/world/add-channel"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { startOutboxClock } from "./outbox-clock"

let world: ConsoleWorld
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>
let slack: Awaited<ReturnType<typeof startSlack>>
let pagerduty: Awaited<ReturnType<typeof startPagerduty>>
const clocks: (() => Promise<void>)[] = []

beforeAll(async () => {
  world = await consoleWorld()
  ;[receiver, slack, pagerduty] = await Promise.all([startWebhookReceiver(), startSlack(), startPagerduty()])
})
beforeEach(async () => {
  await prisma.channel.deleteMany({ where: { serviceId: world.service.id } })
  await prisma.outbox.deleteMany({ where: { kind: "notification" } })
  receiver.received.length = 0
  slack.posts.length = 0
})
afterEach(async () => {
  for (const stop of clocks.splice(0)) await stop()
})
afterAll(async () => {
  await Promise.all([receiver, slack, pagerduty].map((server) => server.close()))
  await closeConsole()
})

const actor = { type: "console", reason: "test" } as const
const webhook = (topics?: Topic[]) =>
  addChannel(world, {
    kind: "webhook",
    config: { url: receiver.url },
    secrets: { secret: webhookSecret },
    ...(topics ? { topics } : {}),
  })
const slackChannel = (topics?: Topic[]) =>
  addChannel(world, {
    kind: "slack-webhook",
    secrets: { url: `${slack.url}${slackHook}` },
    ...(topics ? { topics } : {}),
  })

async function tell(releaseId: string, ...events: NewEvent[]): Promise<void> {
  const committed = await withRelease(releaseId, () => ({ ok: true, events }))
  if (!committed.ok) throw new Error(committed.refusal.message)
}
const plan = { resolution: "Roll back now", fixWithinMs: null, levels: [], repageMs: 900_000 }
function incident(number: number) {
  const incidentId = crypto.randomUUID()
  const cause = { kind: "person", key: null, words: "Nothing loads" } as const
  const declared: NewEvent = {
    ...{ type: "incident.declared", actor },
    data: { incidentId, number, title: `Trouble ${number}`, severity: "critical", cause, stages: [], plan },
  }
  const oona = { id: world.ctx("ops").person?.id ?? "", name: "Oona" }
  const paged: NewEvent = {
    ...{ type: "incident.paged", actor },
    data: { incidentId, level: 0, how: "page", target: "on-call", people: [oona] },
  }
  const data = { incidentId, note: null, repageAt: "2026-12-24T16:00:00.000Z" }
  const acknowledged: NewEvent = { type: "incident.acknowledged", actor, data }
  const resolved: NewEvent = { type: "incident.resolved", actor, data: { incidentId, how: "fixed", words: "Fixed" } }
  return { incidentId, declared, paged, acknowledged, resolved, life: [declared, paged, acknowledged, resolved] }
}

const owedBy = (channelId: string) => prisma.outbox.findMany({ where: { channelId }, orderBy: { seq: "asc" } })
const arrivedAll = async (channelId: string) => {
  return (await owedBy(channelId)).every(({ deliveredAt }) => deliveredAt !== null)
}
/** As if the pauses between attempts were over. */
const hurry = (channelId: string) =>
  prisma.outbox.updateMany({ where: { channelId, deliveredAt: null }, data: { nextTryAt: new Date(0) } })
const titlesOf = (subject: string) =>
  receiver.received.filter(({ body }) => body.data.subject === subject).map(({ body }) => String(body.data.title))
const timeout = 20_000

test("written with the change, for each channel that its topic leads to, with the head of the chain", async () => {
  const [all, pages, off] = [await webhook(), await slackChannel(["page"]), await slackChannel()]
  await prisma.channel.update({ where: { id: off.id }, data: { enabled: false } })
  const id = await world.release()
  const { life, incidentId } = incident(1)
  await tell(id, ...life)
  const last = await prisma.event.findFirst({ where: { releaseId: id }, orderBy: { seq: "desc" } })
  const rows = await owedBy(all.id)
  expect(rows.map(({ topic }) => topic)).toEqual(["incident", "page", "incident", "incident"])
  for (const { lane, payload, kind } of rows) {
    expect({ lane, kind }).toEqual({ lane: `channel:${all.id}:${incidentId}`, kind: "notification" })
    expect(payload).toMatchObject({ head: { releaseId: id, seq: last?.seq, hash: last?.hash } })
  }
  // Whoever was paged is also told that it is in hand, and over.
  expect((await owedBy(pages.id)).map(({ topic }) => topic)).toEqual(["page", "incident", "incident"])
  expect(await owedBy(off.id)).toEqual([])
  const refused = await withRelease(id, () => ({ ok: false, refusal: { code: "conflict", message: "No" } }))
  expect(refused.ok).toBe(false)
  expect(await owedBy(all.id), "nothing is owed for what did not happen").toHaveLength(4)
})

test("a channel that is away: all of it arrives afterwards, in order for each incident; another is not held up", async () => {
  const [away, other] = [await webhook(), await slackChannel()]
  const id = await world.release()
  await receiver.down()
  const [first, second] = [incident(1), incident(2)]
  await tell(id, first.declared, second.declared)
  clocks.push(startOutboxClock(), startOutboxClock())
  await expect
    .poll(async () => (await owedBy(away.id)).map(({ lastError }) => lastError), { timeout })
    .toEqual(Array(2).fill(expect.stringMatching(/^The receiver could not be reached: connection refused/)))
  for (const step of [first.paged, second.paged, first.acknowledged, first.resolved, second.resolved])
    await tell(id, step)
  await expect.poll(() => arrivedAll(other.id), { timeout }).toBe(true)
  expect(slack.posts).toHaveLength(7)
  const waiting = await owedBy(away.id)
  expect(waiting.every(({ deliveredAt, givenUpAt }) => !deliveredAt && !givenUpAt)).toBe(true)
  expect(waiting[0]?.nextTryAt.getTime(), "with a pause that grows").toBeGreaterThan(
    waiting[0]?.createdAt.getTime() ?? 0,
  )

  await receiver.up()
  await hurry(away.id)
  await expect.poll(() => arrivedAll(away.id), { timeout }).toBe(true)
  const ends = ({ incidentId }: { incidentId: string }) => titlesOf(incidentId).map((title) => title.split(" ")[0])
  expect(titlesOf(first.incidentId)).toHaveLength(4)
  expect(titlesOf(first.incidentId)[0]).toBe("Incident 1: Trouble 1")
  expect(titlesOf(first.incidentId).slice(1).join("; ")).toMatch(/^Page: Trouble 1; .* acknowledged .*; .* resolved /)
  expect(ends(second)).toEqual(["Incident", "Page:", "Golive"])
  expect(new Set(receiver.received.map(({ id: key }) => key)).size).toBe(7)
})

test("a worker that dies between delivery and mark, an answer that is lost: again with the same key", async () => {
  const channel = await webhook(["incident"])
  const id = await world.release()
  receiver.loses = 1
  await tell(id, incident(1).declared)
  clocks.push(startOutboxClock())
  await expect.poll(async () => (await owedBy(channel.id))[0]?.attempts, { timeout }).toBe(1)
  await expect.poll(() => receiver.received.length, { timeout }).toBe(1)
  await expect.poll(async () => (await owedBy(channel.id))[0]?.leaseUntil, { timeout }).toBeNull()
  await hurry(channel.id)
  await expect.poll(() => arrivedAll(channel.id), { timeout }).toBe(true)
  // As a worker leaves it that died before it could write.
  const died = { deliveredAt: null, leaseUntil: new Date(0) }
  await prisma.outbox.updateMany({ where: { channelId: channel.id }, data: died })
  await expect.poll(() => arrivedAll(channel.id), { timeout }).toBe(true)
  const [row] = await owedBy(channel.id)
  expect(receiver.received.map(({ id: key }) => key)).toEqual(Array(3).fill(row?.id))
})

test("a pause that the other side asks for holds all that leaves by the channel, and nothing else", async () => {
  const [channel, other] = [await webhook(["incident"]), await slackChannel(["incident"])]
  const id = await world.release()
  const { life } = incident(1)
  receiver.trouble.push((res) => void res.writeHead(429, { "retry-after": "3600" }).end())
  // In one lane: what follows the first has not been tried.
  await tell(id, ...life)
  clocks.push(startOutboxClock())
  await expect.poll(() => arrivedAll(other.id), { timeout }).toBe(true)
  await expect.poll(async () => (await owedBy(channel.id))[0]?.lastError, { timeout }).toMatch(/429/)
  const paused = async () =>
    (await owedBy(channel.id)).map(({ nextTryAt }) => nextTryAt.getTime() - Date.now() > 3_000_000)
  await expect.poll(paused, { timeout }).toEqual([true, true, true])
  expect(receiver.received).toEqual([])
})

test("a channel that hangs does not keep all hands busy", async () => {
  const channel = await webhook(["incident"])
  const id = await world.release()
  await tell(id, incident(1).declared, incident(2).declared, incident(3).declared)
  const other = await slackChannel(["incident"])
  await tell(id, incident(4).declared)
  const claims: Awaited<ReturnType<typeof claimMessage>>[] = []
  for (let n = 0; n < 4; n += 1) claims.push(await claimMessage(["notification"], 60_000))
  expect(claims.map((claim) => claim?.channelId)).toEqual([channel.id, channel.id, other.id, undefined])
})

test("what will never be taken is given up in words without secrets, and what follows it goes out", async () => {
  const channel = await webhook(["incident"])
  const id = await world.release()
  receiver.trouble.push((res) => void res.writeHead(400).end(`bad: ${webhookSecret}`))
  const { declared, acknowledged, incidentId } = incident(1)
  await tell(id, declared, acknowledged)
  clocks.push(startOutboxClock())
  await expect.poll(() => titlesOf(incidentId).length, { timeout }).toBe(1)
  await expect.poll(async () => (await owedBy(channel.id))[0]?.givenUpAt, { timeout }).not.toBeNull()
  const [row] = await owedBy(channel.id)
  expect(row?.lastError).toMatch(/^The receiver answered 400: bad: /)
  expect(row?.lastError).not.toContain(webhookSecret)
  await clocks.pop()?.()
  await tell(id, incident(2).declared)
  await prisma.channel.update({ where: { id: channel.id }, data: { enabled: false } })
  clocks.push(startOutboxClock())
  await expect
    .poll(async () => (await owedBy(channel.id)).at(-1)?.lastError, { timeout })
    .toBe("The channel is turned off")
})

test("to a pager only what is for one; to the console's pages once, to those whom it is for", async () => {
  const secrets = { routingKey: pagerdutyKey }
  const pager = await addChannel(world, { kind: "pagerduty", config: { url: pagerduty.url }, secrets })
  const pages = await addChannel(world, { kind: "browser" })
  const id = await world.release()
  const { life, incidentId } = incident(1)
  await tell(id, ...life)
  clocks.push(startOutboxClock())
  for (const { id: channelId } of [pager, pages]) await expect.poll(() => arrivedAll(channelId), { timeout }).toBe(true)
  expect(pagerduty.alerts.get(incidentId)).toEqual(["trigger", "acknowledge", "resolve"])
  const rows = await owedBy(pages.id)
  await prisma.outbox.updateMany({ where: { channelId: pages.id }, data: { deliveredAt: null } })
  await expect.poll(() => arrivedAll(pages.id), { timeout }).toBe(true)
  const notices = await prisma.notice.findMany({ where: { serviceId: world.service.id }, orderBy: { seq: "asc" } })
  expect(notices.map(({ userId }) => userId)).toEqual([null, world.ctx("ops").person?.id, null, null])
  expect(notices[0]).toMatchObject({ id: rows[0]?.id, href: `/releases/${id}/incident`, topic: "incident" })
})

test("secrets are sealed for their channel, and open for no other", async () => {
  const [one, two] = [await webhook(), await webhook()]
  const [first, second] = [await findChannel(one.id), await findChannel(two.id)]
  if (!first || !second) throw new Error("no channel")
  expect(JSON.stringify(first.config)).not.toContain("whsec_")
  expect(await openChannel(first)).toEqual({ ok: true, fields: { secret: webhookSecret } })
  const moved = await openChannel({ ...first, sealed: second.sealed })
  expect(moved).toEqual({ ok: false, why: expect.stringMatching(/changed or moved/) })

  const { keys, source } = await keyRing()
  const next = keyOf(newKey(), "A key")
  const ring: KeyRing = { source, keys: [next, ...keys], former: [] }
  expect(await reencryptChannels(ring, async () => undefined)).toEqual({ changed: 2, unreadable: [] })
  const row = await findChannel(one.id)
  expect(row?.keyId).toBe(next.id)
  expect(row && openFields(ring, row)).toEqual({ ok: true, fields: { secret: webhookSecret } })
  expect(await openChannel(row ?? first)).toEqual({ ok: false, why: expect.stringContaining(`the key ${next.id}`) })
})
