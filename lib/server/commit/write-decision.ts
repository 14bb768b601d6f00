import { randomUUID } from "node:crypto"
import type { NewOutboxMessage, NewRun } from "@/lib/domain/release/decision"
import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { STATE_SHAPE } from "@/lib/domain/release/state-shape"
import type { AnyTimelineEvent, NewEvent } from "@/lib/domain/timeline/event"
import type { Tx } from "@/lib/server/db"
import { chainEvents, insertEvents } from "@/lib/server/events/append-events"
import { writeIncidents } from "@/lib/server/incident/write-incidents"
import { Prisma } from "@/prisma/generated/client/client"
import type { EnvironmentChange } from "./environment-change"

/** Numbers, chains and folds new events onto a state. */
export function foldNewEvents(input: {
  releaseId: string
  state: ReleaseState | null
  head: { seq: number; hash: string }
  events: readonly NewEvent[]
  now: Date
}): { state: ReleaseState; events: AnyTimelineEvent[]; head: { seq: number; hash: string } } {
  const events = chainEvents(input)
  let state = input.state
  for (const event of events) state = evolve(state, event)
  const last = events.at(-1)
  if (!state || !last) throw new Error("nothing was folded")
  return { state, events, head: { seq: last.seq, hash: last.hash } }
}

/** The rows behind a decision, in the transaction that holds the release's lock. */
export async function writeDecision(
  tx: Tx,
  decided: {
    state: ReleaseState
    events: readonly AnyTimelineEvent[]
    head: { seq: number; hash: string }
    runs: readonly NewRun[]
    outbox: readonly NewOutboxMessage[]
    environmentChange: EnvironmentChange | null
    now: Date
  },
): Promise<void> {
  const { state, events, head, runs, outbox, environmentChange, now } = decided
  await insertEvents(tx, events)
  // As text: the state is the largest thing a commit writes, and the client would walk through all of it.
  await tx.$executeRaw(Prisma.sql`
    UPDATE "Release" SET state = ${JSON.stringify(state)}::jsonb, "stateShape" = ${STATE_SHAPE}, status = ${state.status}, "lastSeq" = ${head.seq},
      "headHash" = ${head.hash}, "updatedAt" = ${now}
    WHERE id = ${state.id}::uuid`)
  await writeIncidents(tx, state, events)
  if (runs.length > 0) {
    await tx.run.createMany({
      data: runs.map(({ id, kind, input, notBefore }) => ({
        id,
        kind,
        releaseId: state.id,
        input: (input ?? {}) as Prisma.InputJsonValue,
        notBefore: notBefore === null ? null : new Date(notBefore),
        createdAt: now,
      })),
    })
  }
  const ended = events.flatMap((event) => (event.type === "run.finished" ? [event.data.runId] : []))
  if (ended.length > 0) {
    // Whoever still holds one of these runs loses it here: its next write is refused.
    await tx.run.updateMany({
      where: { id: { in: ended }, releaseId: state.id, status: { not: "finished" } },
      data: { status: "finished", finishedAt: now, leaseUntil: null },
    })
  }
  if (outbox.length > 0) {
    await tx.outbox.createMany({
      data: outbox.map(({ kind, lane, channelId, topic, payload }) => ({
        id: randomUUID(),
        releaseId: state.id,
        kind,
        lane: lane ?? null,
        channelId: channelId ?? null,
        topic: topic ?? null,
        // The chain's head leaves with every message: whoever keeps one can show later that nothing before it was changed.
        payload: { ...payload, head: { releaseId: state.id, ...head } } as Prisma.InputJsonObject,
      })),
    })
  }
  if (environmentChange) {
    await tx.environment.update({ where: { id: state.environment.id }, data: environmentChange, select: { id: true } })
  }
}
