import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { itemsOf } from "./open-items"

export interface Judgement {
  roundKey: string
  itemKey: string
  ok: boolean
  note: string | null
  nowIso: string
}

/**
 * A person looked. Until the round closes they may say something else; everything that was said stays on the timeline. Who
 * finds something that is not fine, or fine what was measured as not fine, says why.
 */
export function decideJudge(state: ReleaseState, judgement: Judgement, actor: Actor): Decision {
  const { roundKey, itemKey, ok, nowIso } = judgement
  const { rounds } = state
  const round = rounds && own(rounds.rounds, roundKey)
  if (!rounds || !round) return refuse("not_found", `There is no round “${roundKey}” that was opened.`)
  const item = itemsOf(rounds.bands, round.bandKey).find(({ key }) => key === itemKey)
  if (!item) return refuse("invalid", `The round has no item “${itemKey}”.`, { field: "itemKey" })
  if (rounds.ended) return refuse("conflict", `There are no more rounds: ${rounds.ended.reason}`, { detail: { round } })
  if (round.status === "missed" || Date.parse(round.closesAt) <= Date.parse(nowIso)) {
    return refuse("conflict", "The round is closed.", { detail: { round } })
  }
  const note = judgement.note?.trim() || null
  const before = own(round.judged, itemKey)
  if (!ok && !note) return refuse("invalid", "Say what is not fine.", { field: "note" })
  if (ok && !note && before?.by === null && before.ok === false) {
    return refuse("invalid", `${before.words ?? "It was measured as not fine."} Say why it is fine.`, { field: "note" })
  }
  const isSo = before && before.by !== null && before.ok === ok && before.words === note
  if (isSo) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "round.item_judged", actor, data: { roundKey, itemKey, ok, note } }] }
}

/** Another person watches from now on. `to` null: whoever is on call. */
export function decideHandOver(
  state: ReleaseState,
  { to, note }: { to: PersonRef | null; note: string | null },
  actor: Actor,
): Decision {
  const { rounds } = state
  if (!rounds) return refuse("conflict", "There is nothing to watch before the version is live.")
  if (rounds.ended) return refuse("conflict", `There are no more rounds: ${rounds.ended.reason}`)
  if (rounds.watcher?.id === to?.id) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "round.watch_handed_over", actor, data: { to, note: note?.trim() || null } }] }
}
