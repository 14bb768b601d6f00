import { own } from "@/lib/domain/release/own"
import type { Round, RoundItem, Rounds } from "./round-state"

/** What in a round still waits for somebody's look: not answered, or nothing could be measured. */
export function openItems({ bands }: Pick<Rounds, "bands">, { bandKey, judged }: Round): RoundItem[] {
  return itemsOf(bands, bandKey).filter(({ key }) => (own(judged, key)?.ok ?? null) === null)
}

export function itemsOf(bands: Rounds["bands"], bandKey: string): RoundItem[] {
  return bands.find(({ key }) => key === bandKey)?.items ?? []
}
