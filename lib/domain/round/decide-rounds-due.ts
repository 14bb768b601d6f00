import type { Decision, NewTimer } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import { preview } from "@/lib/domain/release/preview"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { RoundResult } from "./answer-by-readings"
import { itemsOf, openItems } from "./open-items"
import { ROUNDS_SUBJECT, roundTimer, type ScheduledRound, scheduleRounds } from "./plan-rounds"
import type { Rounds } from "./round-state"

/** The rounds whose time it is and that nobody has opened. */
export function roundsToOpen({ rounds, timeScale }: ReleaseState, nowMs: number): ScheduledRound[] {
  if (!rounds || rounds.ended) return []
  return scheduleRounds(rounds, timeScale).filter(
    ({ key, dueMs, closesMs }) => dueMs <= nowMs && nowMs < closesMs && !own(rounds.rounds, key),
  )
}

/**
 * What the clock asks of the rounds: those that are over and not done were missed (also those that nothing opened, because
 * the console was down), the one whose time it is opens, and after the last there are no more. Decided by the clock and by
 * what is on record: asked twice, late or early, nothing is told twice. Sets the one timer that goes on.
 * `resultsOf`: what was found without a person, by the key of each round that opens.
 */
export function decideRoundsDue(
  state: ReleaseState,
  { nowMs, resultsOf }: { nowMs: number; resultsOf: Readonly<Record<string, RoundResult[]>> },
  actor: Actor,
): Decision {
  const { rounds } = state
  if (!rounds || rounds.ended) return { ok: true, events: [] }
  const plan = scheduleRounds(rounds, state.timeScale)
  const missed = plan.filter(({ closesMs }) => closesMs <= nowMs).flatMap((round) => missedOf(rounds, round, actor))
  const opened = roundsToOpen(state, nowMs).map((round) => openedOf(round, own(resultsOf, round.key) ?? [], actor))
  const events = [...missed, ...opened]
  const next = nextTimer(preview(state, events).rounds ?? rounds, plan, nowMs)
  if (!next) events.push({ type: "round.ended", actor, data: { reason: "The last round is over." } })
  return { ok: true, events, cancelTimersOf: [ROUNDS_SUBJECT], timers: next ? [next] : [] }
}

function missedOf(rounds: Rounds, { key: roundKey, bandKey }: ScheduledRound, actor: Actor): NewEvent[] {
  const known = own(rounds.rounds, roundKey)
  if (known && known.status !== "open") return []
  const all = itemsOf(rounds.bands, bandKey)
  const left = known ? openItems(rounds, known) : all
  const open = left.map(({ title }) => title)
  const words = known
    ? `${open.length} of ${all.length} left: ${open.join(", ")}.`
    : "The console came too late to open it: it was not running."
  return [{ type: "round.missed", actor, data: { roundKey, open, words } }]
}

function openedOf(
  { key, bandKey, n, dueMs, closesMs }: ScheduledRound,
  results: RoundResult[],
  actor: Actor,
): NewEvent {
  const times = { dueAt: new Date(dueMs).toISOString(), closesAt: new Date(closesMs).toISOString() }
  return { type: "round.opened", actor, data: { roundKey: key, bandKey, n, ...times, results } }
}

/** When something is to be done next: a round is due, an open one closes, or the last is over. Null: that was so already. */
function nextTimer(rounds: Rounds, plan: readonly ScheduledRound[], nowMs: number): NewTimer | null {
  const lastMs = Math.max(...plan.map(({ closesMs }) => closesMs))
  const moments = plan.flatMap(({ key, dueMs, closesMs }) => {
    const status = own(rounds.rounds, key)?.status
    return [
      ...(status === undefined ? [{ key, atMs: dueMs }] : []),
      ...(status === "open" || closesMs === lastMs ? [{ key, atMs: closesMs }] : []),
    ]
  })
  const [next] = moments.filter(({ atMs }) => atMs > nowMs).sort((a, b) => a.atMs - b.atMs)
  return next ? roundTimer(next.key, next.atMs) : null
}
