import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { EventData } from "@/lib/domain/timeline/event-types"

export type RoundBand = EventData<"round.planned">["bands"][number]
export type RoundItem = RoundBand["items"][number]

/** done: everything in it was judged. missed: it closed before that. */
export type RoundStatus = "open" | "done" | "missed"

export interface Round {
  key: string
  bandKey: string
  /** In its band, from 1. */
  n: number
  dueAt: string
  closesAt: string
  status: RoundStatus
  /** By item key. `by` null: the console looked. `ok` null: it could not tell. */
  judged: Record<string, { ok: boolean | null; words: string | null; by: string | null; at: string }>
  /** What was left to do when it closed, in words. */
  missed: string | null
}

export interface Rounds {
  startsAt: string
  bands: RoundBand[]
  rounds: Record<string, Round>
  /** Keys, oldest first. */
  order: string[]
  /** Who is on watch. Null: whoever is on call. */
  watcher: PersonRef | null
  ended: { at: string; reason: string } | null
}
