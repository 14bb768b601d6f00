import type { NewTimer } from "@/lib/domain/release/decision"
import type { RoundBand, Rounds } from "./round-state"

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

/** The same round on the clock: epoch milliseconds, scaled. */
export interface ScheduledRound extends PlannedRound {
  /** Since when its readings count: the round before it in its band, or the band's beginning. */
  sinceMs: number
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

/** The plan in instants, the earliest first: bands may lie across each other. Instants know no daylight saving. */
export function scheduleRounds({ startsAt, bands }: Pick<Rounds, "startsAt" | "bands">, timeScale: number) {
  const at = (ms: number) => Date.parse(startsAt) + Math.round(ms * timeScale)
  const rounds = planRounds(bands).map((round): ScheduledRound => {
    const { dueMs, closesMs } = round
    return { ...round, sinceMs: at(dueMs - (closesMs - dueMs)), dueMs: at(dueMs), closesMs: at(closesMs) }
  })
  return rounds.sort((a, b) => a.dueMs - b.dueMs)
}

/** The first timer: it rings when the first round is due. Each one that rings sets the next. */
export function firstRoundTimer(rounds: Pick<Rounds, "startsAt" | "bands">, timeScale: number): NewTimer | null {
  const [first] = scheduleRounds(rounds, timeScale)
  return first ? roundTimer(first.key, first.dueMs) : null
}

/** `roundKey`: because of which it rings. What is done then is decided by the clock and by what is on record. */
export function roundTimer(roundKey: string, atMs: number): NewTimer {
  return { kind: "round_due", subject: ROUNDS_SUBJECT, dueAt: new Date(atMs).toISOString(), data: { roundKey } }
}
