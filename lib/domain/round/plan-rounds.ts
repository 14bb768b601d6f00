import type { NewTimer } from "@/lib/domain/release/decision"
import type { RoundBand } from "./round-state"

export const ROUNDS_SUBJECT = "rounds"

/** A round by its place: the n-th of its band, from 1. */
export interface PlannedRound {
  key: string
  bandKey: string
  n: number
  /** From the switch, not scaled. */
  dueMs: number
  /** When it is too late: the next one would be due. */
  closesMs: number
}

/** Every round of the bands, in order: one each time the band's interval is over, the last at the band's end. */
export function planRounds(bands: readonly RoundBand[]): PlannedRound[] {
  return bands.flatMap(({ key: bandKey, fromMs, toMs, everyMs }) =>
    Array.from({ length: Math.floor((toMs - fromMs) / everyMs) }, (_, index) => {
      const n = index + 1
      const dueMs = fromMs + n * everyMs
      return { key: `${bandKey}-${n}`, bandKey, n, dueMs, closesMs: dueMs + everyMs }
    }),
  )
}

export function firstRound(bands: readonly RoundBand[]): PlannedRound | null {
  return planRounds(bands)[0] ?? null
}

/** Rings when the round is due. `startsAt`: the switch. */
export function roundTimer(
  { key, dueMs }: PlannedRound,
  { startsAt, timeScale }: { startsAt: string; timeScale: number },
): NewTimer {
  const dueAt = new Date(Date.parse(startsAt) + Math.round(dueMs * timeScale)).toISOString()
  return { kind: "round_due", subject: ROUNDS_SUBJECT, dueAt, data: { roundKey: key } }
}
