import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { withRelease } from "@/lib/server/commit/with-release"
import { log } from "@/lib/server/log"
import { Prisma } from "@/prisma/generated/client/client"
import type { DueTimer } from "./find-due-timers"

/** What a timer does: a decision about its release, made while the release is locked. */
export interface TimerHandler {
  /** For what depends on who holds the environment. */
  lockEnvironment?: boolean
  decide(hand: ReleaseInHand, timer: DueTimer): Promise<Decision> | Decision
}

/**
 * Fires a timer: its mark and its effect are one transaction, so that it fires once, however many workers see it and
 * whichever of them dies. What a handler refuses is told and not tried again. Answers whether this call fired it.
 */
export async function fireTimer(timer: DueTimer, handler: TimerHandler): Promise<boolean> {
  const committed = await withRelease(
    timer.releaseId,
    async (hand) => {
      const marked = await hand.tx.$executeRaw(Prisma.sql`
        UPDATE "Timer" SET "firedAt" = ${hand.now}
        WHERE id = ${timer.id}::uuid AND "firedAt" IS NULL AND "cancelledAt" IS NULL AND "dueAt" <= ${hand.now}`)
      if (marked === 0) return { decision: { ok: true, events: [] }, result: false }
      const decision = await handler.decide(hand, timer)
      if (decision.ok) return { decision, result: true }
      log.warn({ timer: timer.kind, releaseId: timer.releaseId, refusal: decision.refusal }, "a timer came to nothing")
      return { decision: { ok: true, events: [] }, result: true }
    },
    { lockEnvironment: handler.lockEnvironment },
  )
  return committed.ok && committed.result === true
}
