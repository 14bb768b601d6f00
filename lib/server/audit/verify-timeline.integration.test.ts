import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { hashEvent } from "@/lib/server/events/hash-event"
import { eventOfRow } from "@/lib/server/events/list-events"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { expectDone } from "@/lib/testing/world/releases"
import { asOwner, foldTo, lengthenTimeline } from "./long-timeline.fixture"
import { readHead } from "./read-head"
import { verifyChain, verifyTimeline } from "./verify-timeline"

const LENGTH = 10_000
const AT = 4_321

let world: ConsoleWorld
let id: string
let other: string
let cut: string

beforeAll(async () => {
  world = await consoleWorld()
  id = await world.release()
  other = await world.release()
  cut = await world.release()
  await lengthenTimeline(id, LENGTH)
  await lengthenTimeline(cut, 40)
  await asOwner(
    `CREATE TABLE kept_events AS SELECT * FROM "Event"`,
    `CREATE TABLE kept_releases AS SELECT * FROM "Release"`,
  )
})
afterEach(async () => {
  await asOwner(
    `DELETE FROM "Event"`,
    `INSERT INTO "Event" SELECT * FROM kept_events`,
    `UPDATE "Release" r SET "lastSeq" = k."lastSeq", "headHash" = k."headHash", state = k.state FROM kept_releases k WHERE k.id = r.id`,
  )
})
afterAll(closeConsole)

const here = (seq: number) => `"releaseId" = '${id}' AND seq = ${seq}`
const eventAt = async (seq: number) =>
  eventOfRow(await prisma.event.findUniqueOrThrow({ where: { releaseId_seq: { releaseId: id, seq } } }))
const headNow = async () => expectDone(await readHead(world.ctx("viewer"), id))

describe("of ten thousand events", () => {
  test("all hold, and the head is told with the time of the last one", async () => {
    expect(await verifyChain(id)).toMatchObject({ ok: true, events: LENGTH, faults: [] })
    const last = await eventAt(LENGTH)
    expect(await headNow()).toEqual({ releaseId: id, seq: LENGTH, hash: last.hash, at: last.at })
  })

  test.each<[string, string, string, number]>([
    ["id", "id = gen_random_uuid()", "altered", AT],
    ["type", "type = 'checklist.comment_added'", "altered", AT],
    ["a type that nobody knows", "type = 'nothing.known'", "altered", AT],
    ["actor", `actor = '{"type":"console","reason":"somebody else"}'`, "altered", AT],
    ["at", "at = at + interval '1 millisecond'", "altered", AT],
    ["data", `data = data || '{"dueAt":"2030-01-01T00:00:00.000Z"}'`, "altered", AT],
    ["data that is no object", "data = 'null'", "altered", AT],
    ["prevHash", `"prevHash" = repeat('a', 64)`, "altered", AT],
    ["hash", "hash = repeat('b', 64)", "altered", AT],
    ["seq, to the end", `seq = ${LENGTH + 5}`, "missing", AT],
  ])("an altered %s is found, with its number", async (_, change, kind, seq) => {
    await asOwner(`UPDATE "Event" SET ${change} WHERE ${here(AT)}`)
    const { ok, faults } = await verifyChain(id)
    expect(ok).toBe(false)
    expect(faults[0]).toMatchObject({ seq, kind })
    expect(faults[0]?.message).toContain(`${seq}`)
  })

  test("an event given to another release is missing here and foreign there", async () => {
    const { lastSeq } = await prisma.release.findUniqueOrThrow({ where: { id: other } })
    await asOwner(`UPDATE "Event" SET "releaseId" = '${other}', seq = ${lastSeq + 1} WHERE ${here(AT)}`)
    expect((await verifyChain(id)).faults[0]).toMatchObject({ seq: AT, kind: "missing" })
    expect((await verifyChain(other)).faults[0]).toMatchObject({ seq: lastSeq + 1, kind: "altered" })
  })

  test("a removed row is found; so are several, and the first of all", async () => {
    await asOwner(`DELETE FROM "Event" WHERE ${here(AT)}`)
    expect((await verifyChain(id)).faults[0]).toEqual({ seq: AT, kind: "missing", message: `Event ${AT} is missing.` })
    await asOwner(`DELETE FROM "Event" WHERE "releaseId" = '${id}' AND seq BETWEEN 1 AND ${AT}`)
    const message = `Events 1 to ${AT} are missing.`
    expect((await verifyChain(id)).faults[0]).toEqual({ seq: 1, kind: "missing", message })
  })

  test("a removed row is found where the later ones were moved up", async () => {
    await asOwner(
      `DELETE FROM "Event" WHERE ${here(AT)}`,
      `UPDATE "Event" SET seq = seq + 1000000 WHERE "releaseId" = '${id}' AND seq > ${AT}`,
      `UPDATE "Event" SET seq = seq - 1000001 WHERE "releaseId" = '${id}' AND seq > 1000000`,
    )
    const { faults } = await verifyChain(id)
    expect(faults[0]).toMatchObject({ seq: AT, kind: "reordered" })
    expect(faults[0]?.message).toBe(`Event ${AT} was moved: it was written as event ${AT + 1}.`)
  })

  test("swapped rows are found, both with where they belong", async () => {
    await asOwner(
      `UPDATE "Event" SET seq = 2000000 WHERE ${here(AT)}`,
      `UPDATE "Event" SET seq = ${AT} WHERE ${here(AT + 1)}`,
      `UPDATE "Event" SET seq = ${AT + 1} WHERE ${here(2_000_000)}`,
    )
    const { faults } = await verifyChain(id)
    expect(faults.slice(0, 2).map(({ message }) => message)).toEqual([
      `Event ${AT} was moved: it was written as event ${AT + 1}.`,
      `Event ${AT + 1} was moved: it was written as event ${AT}.`,
    ])
  })

  test("an inserted row is found, however well it is made", async () => {
    const before = await eventAt(AT - 1)
    const forged = { ...(await eventAt(AT)), id: crypto.randomUUID(), prevHash: before.hash } as AnyTimelineEvent
    const hash = hashEvent(forged)
    await asOwner(
      `UPDATE "Event" SET seq = seq + 1000000 WHERE "releaseId" = '${id}' AND seq >= ${AT}`,
      `UPDATE "Event" SET seq = seq - 999999 WHERE "releaseId" = '${id}' AND seq > 1000000`,
      `INSERT INTO "Event" ("releaseId", seq, id, type, actor, at, data, "prevHash", hash) VALUES ('${id}', ${AT}, '${forged.id}',
        '${forged.type}', '${JSON.stringify(forged.actor)}', '${forged.at}', '${JSON.stringify(forged.data)}', '${before.hash}', '${hash}')`,
    )
    const { faults } = await verifyChain(id)
    expect(faults[0]).toMatchObject({ seq: AT + 1, kind: "reordered" })
    expect(faults[0]?.message).toBe(`Event ${AT + 1} was moved: it was written as event ${AT}.`)
  })

  test("a state that says something else is found", async () => {
    await asOwner(`UPDATE "Release" SET state = state || '{"version":"9.9.9"}' WHERE id = '${id}'`)
    expect((await verifyChain(id)).faults).toEqual([expect.objectContaining({ seq: null, kind: "state" })])
  })
})

describe("against a head that was sent out", () => {
  const verify = async (head: string) => expectDone(await verifyTimeline(world.ctx("viewer"), id, { head }))

  test("an end that was cut off is found, though row and state were cut to fit", async () => {
    const { seq, hash } = await headNow()
    expect(await verify(`${seq}:${hash}`)).toMatchObject({ ok: true })
    // The state of the events that are left, as the owner of the database would make it.
    const kept = {
      lastSeq: 30,
      hash: (await prisma.event.findUniqueOrThrow({ where: { releaseId_seq: { releaseId: cut, seq: 30 } } })).hash,
    }
    const told = expectDone(await readHead(world.ctx("viewer"), cut))
    const state = JSON.stringify(await foldTo(cut, kept.lastSeq)).replaceAll("'", "''")
    await asOwner(
      `DELETE FROM "Event" WHERE "releaseId" = '${cut}' AND seq > ${kept.lastSeq}`,
      `UPDATE "Release" SET "lastSeq" = ${kept.lastSeq}, "headHash" = '${kept.hash}', state = '${state}' WHERE id = '${cut}'`,
    )
    expect(await verifyChain(cut)).toMatchObject({ ok: true, events: 30 })
    const answer = await verifyTimeline(world.ctx("viewer"), cut, { head: `${told.seq}:${told.hash}` })
    expect(expectDone(answer).faults).toEqual([
      {
        seq: 31,
        kind: "missing",
        message: "The timeline ends at event 30, but event 40 was known elsewhere: its end was cut off.",
      },
    ])
  })

  test("rows that were cut off alone are found without any head", async () => {
    await asOwner(`DELETE FROM "Event" WHERE "releaseId" = '${id}' AND seq > ${LENGTH - 3}`)
    expect((await verifyChain(id)).faults).toEqual([expect.objectContaining({ seq: null, kind: "head" })])
  })

  test("a history that was written anew is found", async () => {
    const { hash } = await eventAt(AT)
    expect((await verify(`${AT}:${hash}`)).ok).toBe(true)
    expect((await verify(`${AT}:${"c".repeat(64)}`)).faults).toEqual([
      expect.objectContaining({ seq: AT, kind: "head" }),
    ])
  })

  test.each(["", "1", "1:abc", `-1:${"a".repeat(64)}`, `1:${"A".repeat(64)}`])("%j is no head", async (head) => {
    const answer = await verifyTimeline(world.ctx("viewer"), id, { head })
    expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", field: "head" } })
  })
})

describe("the command", () => {
  async function command(...args: string[]): Promise<{ code: number; said: string }> {
    const child = spawn(process.execPath, ["scripts/audit-verify.mjs", ...args], { stdio: ["ignore", "pipe", "pipe"] })
    let said = ""
    const keep = (text: string) => {
      said += text
    }
    child.stdout.setEncoding("utf8").on("data", keep)
    child.stderr.setEncoding("utf8").on("data", keep)
    const [code] = await once(child, "close")
    return { code: Number(code), said }
  }

  test("verifies all releases, keeps their heads, and finds what was cut off since", async () => {
    const file = join(env().GOLIVE_DATA_DIR, "heads.ndjson")
    const first = await command("--write-heads", file)
    expect(first.said).toContain("All timelines hold")
    expect(first.code).toBe(0)
    const heads = (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(heads).toContainEqual(expect.objectContaining({ releaseId: id, seq: LENGTH }))
    expect((await command("--heads", file)).code).toBe(0)

    await asOwner(`UPDATE "Event" SET data = data || '{"x":1}' WHERE ${here(AT)}`)
    const altered = await command()
    expect(altered.said).toContain(`WRONG ${id}`)
    expect(altered.said).toContain(`event ${AT}: Event ${AT} was altered`)
    expect(altered.code).toBe(1)

    const gone = { releaseId: crypto.randomUUID(), seq: 3, hash: "d".repeat(64) }
    await writeFile(file, `${JSON.stringify(gone)}\n`)
    expect((await command("--heads", file)).said).toContain("The release is gone; event 3 of it was known elsewhere.")
    await writeFile(file, "{}\n")
    const unread = await command("--heads", file)
    expect(unread.said).toContain("heads.ndjson:1 is no head")
    expect(unread.code).toBe(2)
  }, 60_000)
})
