import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
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
      const round = own(rounds.rounds, data.roundKey)
      if (!round) return {}
      return { rounds: { ...rounds.rounds, [round.key]: { ...round, status: "missed", missed: data.words } } }
    }),
  "round.watch_handed_over": (state, { data }) => changed(state, () => ({ watcher: data.to })),
  "round.ended": (state, { at, data }) => changed(state, () => ({ ended: { at, reason: data.reason } })),
}

/** Done when every item of its band has an answer. What was missed stays missed. */
function settled({ bands }: Rounds, round: Round): Round {
  if (round.status !== "open") return round
  const items = bands.find(({ key }) => key === round.bandKey)?.items ?? []
  const done = items.every(({ key }) => (own(round.judged, key)?.ok ?? null) !== null)
  return done ? { ...round, status: "done" } : round
}

function changed(state: ReleaseState, change: (rounds: Rounds) => Partial<Rounds>): ReleaseState {
  return state.rounds ? { ...state, rounds: { ...state.rounds, ...change(state.rounds) } } : state
}
