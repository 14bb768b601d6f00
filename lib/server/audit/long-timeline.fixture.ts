import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { prisma, transaction } from "@/lib/server/db"
import { chainEvents, insertEvents } from "@/lib/server/events/append-events"
import { listEvents } from "@/lib/server/events/list-events"
import type { Prisma } from "@/prisma/generated/client/client"

const BATCH = 5_000
const actor = { type: "console", reason: "a long timeline" } as const

/** Lengthens a release's timeline to `length` events, with right hashes and the state that they add up to. */
export async function lengthenTimeline(releaseId: string, length: number): Promise<void> {
  const row = await prisma.release.findUniqueOrThrow({ where: { id: releaseId } })
  let state = row.state as unknown as ReleaseState
  let head = { seq: row.lastSeq, hash: row.headHash }
  const itemKeys = Object.keys(state.items)
  while (head.seq < length) {
    const count = Math.min(BATCH, length - head.seq)
    const wanted = Array.from({ length: count }, (_, index): NewEvent => {
      const seq = head.seq + index
      const dueAt = new Date(Date.UTC(2027, 0, 1) + seq * 60_000).toISOString()
      return {
        type: "checklist.item_due_set",
        actor,
        data: { itemKey: itemKeys[seq % itemKeys.length] ?? "", dueAt: seq % 3 === 0 ? null : dueAt },
      }
    })
    const events = chainEvents({ releaseId, head, events: wanted, now: new Date() })
    for (const event of events) state = evolve(state, event)
    const last = events.at(-1)
    if (!last) return
    head = { seq: last.seq, hash: last.hash }
    await transaction(async (tx) => {
      // The guard that looks each event's forerunner up is what takes the time; these are chained already.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`
      await insertEvents(tx, events)
      await tx.release.update({
        where: { id: releaseId },
        data: { lastSeq: head.seq, headHash: head.hash, state: state as unknown as Prisma.InputJsonObject },
      })
    })
  }
}

/** Does with the record what only somebody who owns the database can: no guard is asked. */
export async function asOwner(...statements: string[]): Promise<void> {
  await transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
  })
}

/** The state that the events up to `lastSeq` add up to. */
export async function foldTo(releaseId: string, lastSeq: number): Promise<ReleaseState | null> {
  const events = await listEvents(releaseId, { after: 0, limit: lastSeq })
  return events.reduce<ReleaseState | null>((state, event) => evolve(state, event), null)
}
