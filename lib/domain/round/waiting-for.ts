import type { ReleaseState } from "@/lib/domain/release/state"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import { openItems } from "./open-items"
import type { Round, RoundItem } from "./round-state"

/** The rounds that are open at an instant, with what is left to be looked at by a person. */
export function waitingRounds(
  { rounds }: Pick<ReleaseState, "rounds">,
  nowMs: number,
): { round: Round; items: RoundItem[] }[] {
  if (!rounds || rounds.ended) return []
  return Object.values(rounds.rounds)
    .filter(({ status, closesAt }) => status === "open" && nowMs < Date.parse(closesAt))
    .map((round) => ({ round, items: openItems(rounds, round) }))
    .filter(({ items }) => items.length > 0)
}

/** Who watches: who took the watch, else whoever is on call, else who started the deployment, so that somebody does. */
export function whoWatches(
  { rounds, startedBy }: Pick<ReleaseState, "rounds" | "startedBy">,
  onCall: readonly PersonRef[],
): PersonRef[] {
  if (rounds?.watcher) return [rounds.watcher]
  return onCall.length > 0 ? [...onCall] : startedBy.slice(-1)
}
