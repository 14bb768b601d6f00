import { randomUUID } from "node:crypto"
import type { NewTimer } from "@/lib/domain/release/decision"
import type { Tx } from "@/lib/server/db"
import type { Prisma } from "@/prisma/generated/client/client"

/** Cancels the timers of these subjects, then sets new ones, in the transaction of what asked for them. */
export async function writeTimers(
  tx: Tx,
  releaseId: string,
  { timers, cancelTimersOf, now }: { timers: readonly NewTimer[]; cancelTimersOf: readonly string[]; now: Date },
): Promise<void> {
  if (cancelTimersOf.length > 0) {
    await tx.timer.updateMany({
      where: { releaseId, subject: { in: [...cancelTimersOf] }, firedAt: null, cancelledAt: null },
      data: { cancelledAt: now },
    })
  }
  if (timers.length > 0) {
    await tx.timer.createMany({
      data: timers.map(({ kind, subject, dueAt, data }) => ({
        id: randomUUID(),
        releaseId,
        kind,
        subject,
        dueAt: new Date(dueAt),
        data: data as Prisma.InputJsonObject,
        createdAt: now,
      })),
    })
  }
}
