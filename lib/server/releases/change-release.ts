import type { z } from "zod"
import type { Action } from "@/lib/domain/access/policy"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Authorised } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordRefusal } from "@/lib/server/access/record-refusal"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { type ReleaseDecision, withRelease } from "@/lib/server/commit/with-release"
import { parseInput } from "@/lib/server/parse-input"
import type { Result } from "@/lib/server/result"
import { accessRelease } from "./access-release"

export interface Changed<R = undefined> {
  release: ReleaseState
  /** What this request added to the timeline. */
  events: AnyTimelineEvent[]
  result: R | undefined
}

/** The way of every verb that changes a release: may they, is the input right, lock, decide, commit. */
export async function changeRelease<S extends z.ZodType, R = undefined>(
  ctx: Context,
  request: { releaseId: string; action: Action; schema: S; body: unknown; lockEnvironment?: boolean },
  decide: (
    hand: ReleaseInHand,
    input: z.output<S>,
    access: Extract<Authorised, { ok: true }>,
  ) => Promise<ReleaseDecision<R>> | ReleaseDecision<R>,
): Promise<Result<Changed<R>>> {
  const found = await accessRelease(ctx, request.action, request.releaseId)
  if (!found.ok) return found
  const input = parseInput(request.schema, request.body)
  if (!input.ok) return input
  const committed = await withRelease<R>(request.releaseId, (hand) => decide(hand, input.value, found.value.access), {
    lockEnvironment: request.lockEnvironment,
  })
  if (!committed.ok) {
    await recordRefusal(ctx, request.action, committed.refusal, { releaseId: request.releaseId })
    return committed
  }
  return { ok: true, value: { release: committed.state, events: committed.events, result: committed.result } }
}
