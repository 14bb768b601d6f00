import { randomUUID } from "node:crypto"
import type { AnyTimelineEvent, NewEvent } from "@/lib/domain/timeline/event"
import { storable } from "@/lib/server/crypto/storable"
import type { Tx } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { hashEvent } from "./hash-event"

/** Numbers and chains new events after `head`. Only the holder of the release's row lock may call it. */
export function chainEvents(input: {
  releaseId: string
  head: { seq: number; hash: string }
  events: readonly NewEvent[]
  now: Date
}): AnyTimelineEvent[] {
  let { seq, hash } = input.head
  const at = input.now.toISOString()
  return input.events.map((event) => {
    seq += 1
    const { type, actor, data } = storable(event)
    const unhashed = { releaseId: input.releaseId, seq, id: randomUUID(), type, actor, at, data, prevHash: hash }
    const chained = { ...unhashed, hash: hashEvent(unhashed as Omit<AnyTimelineEvent, "hash">) } as AnyTimelineEvent
    hash = chained.hash
    return chained
  })
}

/** Writes chained events in one statement, in their order (each must find the one before it). */
export async function insertEvents(tx: Tx, events: readonly AnyTimelineEvent[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "Event" ("releaseId", seq, id, type, actor, at, data, "prevHash", hash)
    SELECT e."releaseId", e.seq, e.id, e.type, e.actor, e.at, e.data, e."prevHash", e.hash
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e(
      "releaseId" uuid, seq int, id uuid, type text, actor jsonb, at timestamptz, data jsonb, "prevHash" text, hash text)
    ORDER BY e.seq`)
}
