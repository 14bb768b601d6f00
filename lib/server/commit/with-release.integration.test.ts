import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { verifyChain } from "@/lib/server/audit/verify-timeline"
import { patchItem } from "@/lib/server/checklist/patch-item"
import { databasePool, prisma } from "@/lib/server/db"
import { listEvents } from "@/lib/server/events/list-events"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { appendLog } from "@/lib/server/runs/append-log"
import { claimRun } from "@/lib/server/runs/claim-run"
import { heartbeatRun } from "@/lib/server/runs/heartbeat-run"
import { LostLease } from "@/lib/server/runs/lost-lease"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { withRelease } from "./with-release"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

const actor = { type: "console", reason: "test" } as const
const comment = (itemKey: string) =>
  ({ type: "checklist.comment_added", actor, data: { itemKey, commentId: randomUUID(), text: "Hello" } }) as const
const firstItem = () => world.playbook.checklist.groups[0]?.items[0]?.key ?? ""

describe("the timeline", () => {
  test("has no gap and one chain under 20 writers at once", async () => {
    const id = await world.release()
    const writers = Array.from({ length: 20 }, () =>
      withRelease(id, () => ({ ok: true, events: [comment(firstItem()), comment(firstItem())] })),
    )
    const answers = await Promise.all(writers)
    expect(answers.every((answer) => answer.ok)).toBe(true)
    const events = await listEvents(id, { after: 0, limit: 1000 })
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
    expect(await verifyChain(id)).toMatchObject({ ok: true, events: 41, faults: [] })
    const row = await prisma.release.findUniqueOrThrow({ where: { id } })
    expect(row.lastSeq).toBe(41)
    expect(row.headHash).toBe(events.at(-1)?.hash)
  })

  test("loses what a refused or failed decision wrote", async () => {
    const id = await world.release()
    const evidence = { releaseId: id, subject: "x", kind: "text", blocks: [], at: new Date() }
    const refused = await withRelease(id, async ({ tx }) => {
      await storeEvidence(tx, evidence)
      return { ok: false, refusal: { code: "conflict", message: "No." } }
    })
    expect(refused).toMatchObject({ ok: false, refusal: { code: "conflict" } })
    await expect(
      withRelease(id, async ({ tx }) => {
        await storeEvidence(tx, evidence)
        throw new Error("broken")
      }),
    ).rejects.toThrow("broken")
    expect(await prisma.evidence.count({ where: { releaseId: id } })).toBe(0)
  })

  test("answers a release that is not there", async () => {
    expect(await withRelease(randomUUID(), () => ({ ok: true, events: [] }))).toMatchObject({
      ok: false,
      refusal: { code: "not_found" },
    })
  })

  test("keeps text that Postgres cannot, and still verifies", async () => {
    const id = await world.release()
    const text = `nul \u0000 half \ud800 end`
    const event = {
      type: "checklist.comment_added",
      actor,
      data: { itemKey: firstItem(), commentId: "c", text },
    } as const
    expect((await withRelease(id, () => ({ ok: true, events: [event] }))).ok).toBe(true)
    expect((await verifyChain(id)).ok).toBe(true)
  })
})

describe("the database", () => {
  test.each(["Event", "Evidence", "PlaybookVersion", "SecurityEvent"])(
    "refuses to change or remove rows of %s",
    async (table) => {
      const id = await world.release()
      await prisma.securityEvent.create({ data: { id: randomUUID(), type: "test", data: {} } })
      await withRelease(id, async ({ tx, now }) => {
        await storeEvidence(tx, { releaseId: id, subject: "x", kind: "text", blocks: [], at: now })
        return { ok: true, events: [] }
      })
      const column =
        table === "Event"
          ? `"prevHash"`
          : table === "Evidence"
            ? "subject"
            : table === "PlaybookVersion"
              ? "source"
              : "type"
      for (const statement of [
        `UPDATE "${table}" SET ${column} = ${column}`,
        `DELETE FROM "${table}"`,
        `TRUNCATE "${table}" CASCADE`,
      ]) {
        await expect(databasePool().query(statement), statement).rejects.toThrow(/append-only/)
      }
    },
  )

  test("refuses an event that follows none", async () => {
    const id = await world.release()
    const hash = "a".repeat(64)
    await expect(
      databasePool().query(
        `INSERT INTO "Event" ("releaseId", seq, id, type, actor, at, data, "prevHash", hash)
         VALUES ($1, 2, $2, 'release.closed', '{}', now(), '{}', $3, $3)`,
        [id, randomUUID(), hash],
      ),
    ).rejects.toThrow(/does not follow/)
  })
})

/** What somebody with the database's own rights could do. */
async function withoutGuards(statement: string, values: unknown[]): Promise<void> {
  const client = await databasePool().connect()
  try {
    await client.query("BEGIN")
    await client.query("SET LOCAL session_replication_role = replica")
    await client.query(statement, values)
    await client.query("COMMIT")
  } finally {
    client.release()
  }
}

describe("a timeline that somebody changed with SQL", () => {
  async function grown(): Promise<string> {
    const id = await world.release()
    for (let n = 0; n < 5; n++) await withRelease(id, () => ({ ok: true, events: [comment(firstItem())] }))
    return id
  }

  test("a changed event is located", async () => {
    const id = await grown()
    await withoutGuards(
      `UPDATE "Event" SET data = jsonb_set(data, '{text}', '"Bye"') WHERE "releaseId" = $1 AND seq = 4`,
      [id],
    )
    const { ok, faults } = await verifyChain(id)
    expect(ok).toBe(false)
    expect(faults).toEqual([expect.objectContaining({ seq: 4, kind: "altered" })])
  })

  test("a removed event is located", async () => {
    const id = await grown()
    await withoutGuards(`DELETE FROM "Event" WHERE "releaseId" = $1 AND seq = 3`, [id])
    expect((await verifyChain(id)).faults.map(({ seq, kind }) => [seq, kind])).toEqual([[3, "missing"]])
  })

  test("a cut-off end and a changed state are noticed", async () => {
    const cut = await grown()
    await withoutGuards(`DELETE FROM "Event" WHERE "releaseId" = $1 AND seq = 6`, [cut])
    expect((await verifyChain(cut)).faults).toEqual([expect.objectContaining({ kind: "head" })])
    const changed = await grown()
    await withoutGuards(`UPDATE "Release" SET state = jsonb_set(state, '{name}', '"Other"') WHERE id = $1`, [changed])
    expect((await verifyChain(changed)).faults).toEqual([expect.objectContaining({ kind: "state" })])
  })

  test("changed evidence is located by the event that names it", async () => {
    const id = await world.release()
    const key = world.playbook.checklist.groups.flatMap((group) => group.items).find((item) => !item.check)?.key ?? ""
    const ticked = await patchItem(world.ctx("tech_lead"), id, key, { revision: 0, state: "passed", note: "Seen" })
    expect(ticked.ok).toBe(true)
    await withoutGuards(`UPDATE "Evidence" SET blocks = '[]' WHERE "releaseId" = $1`, [id])
    expect((await verifyChain(id)).faults).toEqual([expect.objectContaining({ seq: 2, kind: "evidence" })])
  })
})

describe("a worker that lost its run", () => {
  async function runOf(releaseId: string): Promise<string> {
    const id = randomUUID()
    await prisma.run.create({ data: { id, releaseId, kind: "check", input: {} } })
    return id
  }

  test("writes nothing more: neither events nor output nor a heartbeat", async () => {
    const id = await world.release()
    const runId = await runOf(id)
    const first = await claimRun({ runId, workerId: "a" })
    if (!first) throw new Error("the run was not claimed")
    const stale = { runId, fence: first.fence }
    await heartbeatRun(stale)
    expect(await claimRun({ runId, workerId: "b" }), "held by a").toBeNull()
    await databasePool().query(`UPDATE "Run" SET "leaseUntil" = now() - interval '1 second' WHERE id = $1`, [runId])
    const second = await claimRun({ runId, workerId: "b" })
    expect(second?.fence).toBe(first.fence + 1)
    const line = { stepKey: "s", attempt: 1, stream: "out", text: "x", at: new Date() } as const
    await expect(
      withRelease(id, () => ({ ok: true, events: [comment(firstItem())] }), { holder: stale }),
    ).rejects.toThrow(LostLease)
    await expect(appendLog(stale, [line])).rejects.toThrow(LostLease)
    await expect(heartbeatRun(stale)).rejects.toThrow(LostLease)
    expect((await listEvents(id, { after: 0, limit: 10 })).length).toBe(1)
    expect(await prisma.runLog.count({ where: { runId } })).toBe(0)
    const holder = { runId, fence: second?.fence ?? 0 }
    expect((await withRelease(id, () => ({ ok: true, events: [comment(firstItem())] }), { holder })).ok).toBe(true)
  })

  test("one of many claims wins", async () => {
    const runId = await runOf(await world.release())
    const claims = await Promise.all(Array.from({ length: 12 }, (_, n) => claimRun({ runId, workerId: `w${n}` })))
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1)
  })

  test("a timer is not claimed before its time", async () => {
    const runId = await runOf(await world.release())
    await prisma.run.update({ where: { id: runId }, data: { notBefore: new Date(Date.now() + 60_000) } })
    expect(await claimRun({ runId, workerId: "a" })).toBeNull()
  })
})
