import type { ReleaseState } from "@/lib/domain/release/state"
import { STATE_SHAPE } from "@/lib/domain/release/state-shape"
import { GENESIS_HASH } from "@/lib/domain/timeline/chain"
import type { AnyTimelineEvent, NewEvent } from "@/lib/domain/timeline/event"
import { databaseNow } from "@/lib/server/clock"
import { transaction } from "@/lib/server/db"
import { insertEvents } from "@/lib/server/events/append-events"
import { ring } from "@/lib/server/events/doorbell"
import type { Prisma } from "@/prisma/generated/client/client"
import { foldNewEvents } from "./write-decision"

/** Writes a release that begins with `created`, with its first event. */
export async function commitNewRelease(
  releaseId: string,
  created: Extract<NewEvent, { type: "release.created" }>,
): Promise<{ state: ReleaseState; events: AnyTimelineEvent[] }> {
  const answer = await transaction(async (tx) => {
    const now = await databaseNow(tx)
    const head = { seq: 0, hash: GENESIS_HASH }
    const folded = foldNewEvents({ releaseId, state: null, head, events: [created], now })
    const { state } = folded
    await tx.release.create({
      data: {
        id: releaseId,
        serviceId: state.service.id,
        environmentId: state.environment.id,
        playbookVersionId: state.playbook.versionId,
        name: state.name,
        version: state.version,
        status: state.status,
        state: state as unknown as Prisma.InputJsonObject,
        stateShape: STATE_SHAPE,
        lastSeq: folded.head.seq,
        headHash: folded.head.hash,
        createdById: state.createdBy.id,
        createdAt: now,
      },
      select: { id: true },
    })
    await insertEvents(tx, folded.events)
    return { state, events: folded.events }
  })
  ring(`release:${releaseId}`)
  return answer
}
