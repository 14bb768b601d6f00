import { setTimeout as delay } from "node:timers/promises"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideClaim } from "@/lib/domain/run/decide-deploy"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { withRelease } from "@/lib/server/commit/with-release"
import { LostLease } from "@/lib/server/runs/lost-lease"
import { assertLease } from "@/lib/server/runs/write-under-lease"
import type { RunContext } from "./run-context"

/** `claimed`: it is on the timeline. `over`: there is nothing left to do in the run. `lost`: another worker has it. */
type ClaimEnd = "claimed" | "over" | "lost"

export interface Claim {
  end: ClaimEnd
  /** The release after the commit. */
  state: ReleaseState
}

interface Waiting {
  context: RunContext
  resolve(claim: Claim): void
  reject(error: unknown): void
}

/** Claims that come within this time are told in one commit. */
const TOGETHER_MS = 10
const waiting = new Map<string, Waiting[]>()

/**
 * Tells the timeline that this worker works on a run. When dozens of checks of one release are taken up at once, each
 * commit of its own would wait for the release's row; what has come in meanwhile goes into the next one together.
 */
export function claimTogether(context: RunContext): Promise<Claim> {
  const { releaseId } = context.run
  return new Promise((resolve, reject) => {
    const mine = { context, resolve, reject }
    const others = waiting.get(releaseId)
    if (others) {
      others.push(mine)
      return
    }
    waiting.set(releaseId, [mine])
    void drain(releaseId)
  })
}

async function drain(releaseId: string): Promise<void> {
  await delay(TOGETHER_MS)
  for (;;) {
    const batch = waiting.get(releaseId) ?? []
    if (batch.length === 0) {
      waiting.delete(releaseId)
      return
    }
    waiting.set(releaseId, [])
    try {
      const { ends, state } = await commit(releaseId, batch)
      for (const { context, resolve } of batch) resolve({ end: ends.get(context.run.id) ?? "over", state })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}

async function commit(
  releaseId: string,
  batch: Waiting[],
): Promise<{ ends: Map<string, ClaimEnd>; state: ReleaseState }> {
  const ends = new Map<string, ClaimEnd>()
  const committed = await withRelease(releaseId, async ({ tx, state }) => {
    const events: NewEvent[] = []
    for (const { context } of batch) {
      const { holder, run, workerId, actor } = context
      const held = await assertLease(tx, holder).catch((error: unknown) => {
        if (error instanceof LostLease) return null
        throw error
      })
      const claim = held && decideClaim(state, { runId: run.id, fence: run.fence, workerId }, actor)
      ends.set(run.id, !claim ? "lost" : claim.ok ? "claimed" : "over")
      if (claim?.ok) events.push(...claim.events)
    }
    return { ok: true, events }
  })
  if (!committed.ok) throw new Error(committed.refusal.message)
  return { ends, state: committed.state }
}
