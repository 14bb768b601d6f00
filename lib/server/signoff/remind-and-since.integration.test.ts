import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { prisma } from "@/lib/server/db"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import { type AddedChannel, addChannel } from "@/lib/testing/world/add-channel"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld, type PersonKey, worldPassword } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { markSeen } from "./mark-seen"
import { readSince } from "./read-since"
import { remindSigners } from "./remind-signers"
import { signRelease } from "./sign-release"

let world: ConsoleWorld
let channel: AddedChannel
beforeAll(async () => {
  world = await consoleWorld()
  channel = await addChannel(world, { kind: "browser", topics: ["signatures"] })
})
afterAll(closeConsole)

async function sign(id: string, role: SignoffRole) {
  const items = (await readReleaseState(id)).signoffs[role]?.items.map(({ key }) => key)
  return expectDone(await signRelease(world.ctx(role), id, role, { password: worldPassword, items }))
}

describe("reminding", () => {
  test("tells who has not signed, on record and to the outside with the timeline's head", async () => {
    const id = await world.release()
    await sign(id, "devops")
    const { events, release } = expectDone(await remindSigners(world.ctx("ops"), id, undefined))
    const [event] = events
    if (event?.type !== "signoff.reminded") throw new Error("nobody was reminded")
    expect(event.data.roles).toEqual(["tech_lead", "product", "security"])
    const named = event.data.to.map(({ name }) => name)
    expect(named).toEqual(["Person lead2", "Person tech_lead", "Person product", "Person security"])
    expect(release.signoffs.product?.reminded).toMatchObject({ by: "Person ops" })
    const messages = await prisma.outbox.findMany({ where: { releaseId: id } })
    expect(messages).toMatchObject([{ kind: "notification", topic: "signatures", lane: `channel:${channel.id}:${id}` }])
    expect(messages[0]?.payload).toMatchObject({
      notification: {
        ...{ people: event.data.to, path: `/releases/${id}/signoffs` },
        facts: [{ name: "Reminded by", value: "Person ops" }],
      },
      head: { seq: event.seq, hash: event.hash },
    })
  })

  test("a role is told once in ten minutes, in words", async () => {
    const id = await world.release()
    expectDone(await remindSigners(world.ctx("ops"), id, { roles: ["security"] }))
    const again = await remindSigners(world.ctx("admin"), id, { roles: ["security", "product"] })
    expect(again).toMatchObject({ refusal: { code: "conflict", field: "roles" } })
    if (!again.ok) expect(again.refusal.message).toMatch(/^Security was reminded .* ago by Person ops\. Again in /)
    // Asked without naming roles, it tells those who were not told.
    const rest = expectDone(await remindSigners(world.ctx("admin"), id, undefined))
    expect(rest.events[0]).toMatchObject({ data: { roles: ["tech_lead", "devops", "product"] } })
    expect(await remindSigners(world.ctx("admin"), id, undefined)).toMatchObject({ refusal: { code: "conflict" } })
  })

  test("of two at once one reminds", async () => {
    const id = await world.release()
    const both = await Promise.all([1, 2].map(() => remindSigners(world.ctx("ops"), id, { roles: ["product"] })))
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await prisma.outbox.count({ where: { releaseId: id } })).toBe(1)
  })

  test("not who has signed, and not by a viewer", async () => {
    const id = await world.release()
    await sign(id, "security")
    const signed = await remindSigners(world.ctx("ops"), id, { roles: ["security"] })
    expect(signed).toMatchObject({ refusal: { code: "conflict", message: "Security has signed already." } })
    expect(await remindSigners(world.ctx("viewer"), id, undefined)).toMatchObject({ refusal: { code: "forbidden" } })
  })
})

describe("since I last looked", () => {
  const since = async (id: string, as: PersonKey = "security", query: Record<string, string> = {}) =>
    expectDone(await readSince(world.ctx(as), id, query))
  const change = async (id: string, body: Record<string, unknown>, at = 0, as: PersonKey = "devops") => {
    const { items } = await readReleaseState(id)
    const item = Object.values(items).toSorted((a, b) => (a.key < b.key ? -1 : 1))[at]
    if (!item) throw new Error("there is no such item")
    expectDone(await patchItem(world.ctx(as), id, item.key, { revision: item.revision, ...body }))
    return item
  }

  test("says what others did that matters to a signer, with titles and places", async () => {
    const id = await world.release()
    const { lastSeq, seenAt } = await since(id)
    expect(seenAt).toBeNull()
    expect(expectDone(await markSeen(world.ctx("security"), id, { seq: lastSeq }))).toEqual({ seenSeq: lastSeq })
    const item = await change(id, { state: "passed", note: "seen" })
    await change(id, { assigneeId: world.ctx("ops").person?.id })
    await change(id, { comment: "Look again" }, 1)
    await change(id, { comment: "My own" }, 1, "security")
    await sign(id, "product")
    const found = await since(id)
    expect(found).toMatchObject({ seenSeq: lastSeq, total: 3, more: false })
    expect(found.changes.map(({ title }) => title)).toEqual([
      "Person product signed as Product",
      expect.stringMatching(/^Person devops commented on “/),
      `Person devops ticked “${item.title}”`,
    ])
    expect(found.changes.map(({ href }) => href)).toEqual([
      `/releases/${id}/signoffs#product`,
      expect.stringContaining(`/releases/${id}/checklist#item-`),
      `/releases/${id}/checklist#item-${item.key}`,
    ])
  })

  test("comes in pages, and how far one has looked only grows", async () => {
    const id = await world.release()
    for (let at = 0; at < 5; at++) await change(id, { state: "passed", note: "seen" }, at)
    const first = await since(id, "security", { limit: "2" })
    expect(first).toMatchObject({ total: 6, more: true })
    const next = await since(id, "security", { limit: "10", before: String(first.changes.at(-1)?.seq) })
    expect(next).toMatchObject({ more: false })
    expect([...first.changes, ...next.changes].map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1])
    const see = async (seq: number) => expectDone(await markSeen(world.ctx("security"), id, { seq })).seenSeq
    expect(await see(4)).toBe(4)
    expect(await see(2)).toBe(4)
    expect(await see(9_999)).toBe(6)
    expect(await since(id)).toMatchObject({ changes: [], total: 0, seenSeq: 6 })
    expect((await since(id, "product")).total).toBe(6)
  })

  test("refuses what is no page", async () => {
    const id = await world.release()
    expect(await readSince(world.ctx("ops"), id, { limit: "0" })).toMatchObject({ refusal: { field: "limit" } })
    expect(await markSeen(world.ctx("ops"), id, { seq: -1 })).toMatchObject({ refusal: { field: "seq" } })
    expect(await readSince(world.nobody, id, {})).toMatchObject({ refusal: { code: "unauthenticated" } })
  })
})
