import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { followFrom } from "@/lib/domain/consequence/follow-from"
import type { Decision, NewRun, Refusal } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { withVoidedSignatures } from "@/lib/domain/signoff/void-signatures"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { aftermathFacts } from "@/lib/server/aftermath/aftermath-facts"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { enqueueRuns } from "@/lib/server/queue/enqueue-run"
import type { RunHolder } from "@/lib/server/runs/lost-lease"
import { assertLease } from "@/lib/server/runs/write-under-lease"
import { writeTimers } from "@/lib/server/timers/write-timers"
import { environmentChange } from "./environment-change"
import { forgeReports } from "./forge-reports"
import { type ReleaseInHand, takeRelease } from "./release-in-hand"
import { routedNotifications } from "./routed-notifications"
import { isTransactionConflict } from "./transaction-conflict"
import { foldNewEvents, writeDecision } from "./write-decision"

export type ReleaseDecision<R> = Decision | { decision: Decision; result: R }

export type Committed<R> =
  | { ok: true; state: ReleaseState; events: AnyTimelineEvent[]; result: R | undefined }
  | { ok: false; refusal: Refusal }

export interface WithReleaseOptions {
  /** Lock the environment's row too, before the release's: for what depends on who holds the environment. */
  lockEnvironment?: boolean
  /** A worker's claim: the commit throws LostLease unless it still holds the run. */
  holder?: RunHolder
}

const ATTEMPTS = 4
const CONSOLE: Actor = { type: "console", reason: "what was signed has changed" }

class EnvironmentLockNeeded extends Error {}

/**
 * Locks a release, lets `decide` look at it, and commits what it decided: events, state, runs, outbox and the hold on the
 * environment in one transaction; then rings and enqueues. `decide` may read and write through `tx`; it may run more than
 * once (a deadlock, a lock found to be needed), so it must leave nothing behind but rows of that transaction.
 * A decision without events commits what `decide` wrote, its timers, and nothing else. Refusals roll back.
 */
export async function withRelease<R = undefined>(
  releaseId: string,
  decide: (hand: ReleaseInHand) => Promise<ReleaseDecision<R>> | ReleaseDecision<R>,
  options: WithReleaseOptions = {},
): Promise<Committed<R>> {
  let lockEnvironment = options.lockEnvironment ?? false
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await transaction((tx) => attemptCommit(tx, releaseId, decide, { ...options, lockEnvironment }))
      if (outcome.ok) await announce(outcome)
      return outcome.ok ? { ok: true, state: outcome.state, events: outcome.events, result: outcome.result } : outcome
    } catch (error) {
      if (error instanceof RolledBack) return { ok: false, refusal: error.refusal }
      if (error instanceof EnvironmentLockNeeded && !lockEnvironment) {
        lockEnvironment = true
        continue
      }
      if (!isTransactionConflict(error) || attempt >= ATTEMPTS) throw error
      await delay(10 * attempt)
    }
  }
}

interface Outcome<R> {
  ok: true
  state: ReleaseState
  events: AnyTimelineEvent[]
  result: R | undefined
  runs: readonly NewRun[]
  environmentChanged: boolean
  owesMessages: boolean
  now: Date
}

/** Carries a refusal out of a transaction that must not leave what `decide` wrote. */
class RolledBack extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message)
  }
}

async function attemptCommit<R>(
  tx: ReleaseInHand["tx"],
  releaseId: string,
  decide: (hand: ReleaseInHand) => Promise<ReleaseDecision<R>> | ReleaseDecision<R>,
  options: WithReleaseOptions & { lockEnvironment: boolean },
): Promise<Outcome<R>> {
  const hand = await takeRelease(tx, releaseId, options)
  if (!hand) throw new RolledBack({ code: "not_found", message: "There is no such release." })
  if (options.holder) await assertLease(tx, options.holder)
  const answer = await decide(hand)
  const decision = "decision" in answer ? answer.decision : answer
  const result = "decision" in answer ? answer.result : undefined
  if (!decision.ok) throw new RolledBack(decision.refusal)
  const runs = decision.runs ?? []
  const follows = followFrom(hand.state, decision.events, {
    ...{ facts: aftermathFacts(hand.playbook), nowIso: hand.now.toISOString(), newId: randomUUID },
  })
  const cancelTimersOf = [...(decision.cancelTimersOf ?? []), ...follows.cancelTimersOf]
  const timers = [...(decision.timers ?? []), ...follows.timers]
  await writeTimers(tx, releaseId, { timers, cancelTimersOf, now: hand.now })
  const nothing = {
    ok: true,
    state: hand.state,
    events: [],
    result,
    runs,
    environmentChanged: false,
    owesMessages: false,
  } as const
  if (decision.events.length === 0) return { ...nothing, events: [], now: hand.now }

  const actor = decision.events[0]?.actor ?? CONSOLE
  const newEvents = withVoidedSignatures(hand.state, [...decision.events, ...follows.events], actor)
  const { now, head } = hand
  const folded = foldNewEvents({ releaseId, state: hand.state, head, events: newEvents, now })
  const { change, taken } = environmentChange(hand.environment, folded.state, folded.events, now)
  if ((change || taken) && !options.lockEnvironment) throw new EnvironmentLockNeeded()
  if (taken) {
    throw new RolledBack({
      code: "conflict",
      message: `${taken.releaseName} holds ${hand.environment.name} at the moment.`,
      detail: { active: taken },
    })
  }
  const outbox = [...forgeReports(hand.environmentConfig, folded), ...(await routedNotifications(hand, folded))]
  await writeDecision(tx, { ...folded, runs, outbox, environmentChange: change, now })
  const { state, events } = folded
  return { ...nothing, state, events, environmentChanged: change !== null, owesMessages: outbox.length > 0, now }
}

async function announce<R>(outcome: Outcome<R>): Promise<void> {
  if (outcome.events.length > 0) ring(`release:${outcome.state.id}`)
  if (outcome.owesMessages) ring("outbox")
  if (outcome.environmentChanged) ring(`environment:${outcome.state.environment.id}`)
  const owed = outcome.runs.map(({ id, notBefore }) => {
    return { id, fence: 0, notBefore: notBefore === null ? null : new Date(notBefore) }
  })
  await enqueueRuns(owed, outcome.now)
}
