import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { openItems } from "./open-items"
import { scheduleRounds } from "./plan-rounds"
import type { Round, Rounds } from "./round-state"

export const foldRound: Folds<"round"> = {
  "round.planned": (state, { data }) => ({
    ...state,
    rounds: { ...data, rounds: {}, order: [], watcher: null, ended: null },
  }),
  "round.opened": (state, { at, data }) =>
    changed(state, (rounds) => {
      const { roundKey: key, bandKey, n, dueAt, closesAt, results } = data
      const judged = Object.fromEntries(results.map(({ itemKey, ok, words }) => [itemKey, { ok, words, by: null, at }]))
      const round: Round = { key, bandKey, n, dueAt, closesAt, status: "open", judged, missed: null }
      return {
        rounds: { ...rounds.rounds, [key]: settled(rounds, round) },
        order: own(rounds.rounds, key) ? rounds.order : [...rounds.order, key],
      }
    }),
  "round.item_judged": (state, { actor, at, data }) =>
    changed(state, (rounds) => {
      const round = own(rounds.rounds, data.roundKey)
      if (!round) return {}
      const by = actor.type === "person" ? actorName(actor) : null
      const judged = { ...round.judged, [data.itemKey]: { ok: data.ok, words: data.note, by, at } }
      return { rounds: { ...rounds.rounds, [round.key]: settled(rounds, { ...round, judged }) } }
    }),
  "round.missed": (state, { data }) =>
    changed(state, (rounds) => {
      const { roundKey: key, words } = data
      const known = own(rounds.rounds, key)
      const round = known ?? neverOpened(rounds, key, state.timeScale)
      if (!round) return {}
      return {
        rounds: { ...rounds.rounds, [key]: { ...round, status: "missed", missed: words } },
        order: known ? rounds.order : [...rounds.order, key],
      }
    }),
  "round.watch_handed_over": (state, { data }) => changed(state, () => ({ watcher: data.to })),
  "round.ended": (state, { at, data }) => changed(state, () => ({ ended: { at, reason: data.reason } })),
}

/** A round whose time passed while nothing ran. */
function neverOpened(rounds: Rounds, roundKey: string, timeScale: number): Round | null {
  const planned = scheduleRounds(rounds, timeScale).find(({ key }) => key === roundKey)
  if (!planned) return null
  const { key, bandKey, n, dueMs, closesMs } = planned
  const times = { dueAt: new Date(dueMs).toISOString(), closesAt: new Date(closesMs).toISOString() }
  return { key, bandKey, n, ...times, status: "open", judged: {}, missed: null }
}

/** Done when every item of its band has an answer. What was missed stays missed. */
function settled(rounds: Rounds, round: Round): Round {
  return round.status === "open" && openItems(rounds, round).length === 0 ? { ...round, status: "done" } : round
}

function changed(state: ReleaseState, change: (rounds: Rounds) => Partial<Rounds>): ReleaseState {
  return state.rounds ? { ...state, rounds: { ...state.rounds, ...change(state.rounds) } } : state
}
