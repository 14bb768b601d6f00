import type { ThresholdLevel } from "./threshold-events"

export interface ThresholdState {
  level: ThresholdLevel
  key: string
  title: string
  words: string
  breachedAt: string
  /** Null: it is breached now. */
  clearedAt: string | null
}

/** A key may stand under both levels. */
export const thresholdId = ({ level, key }: { level: ThresholdLevel; key: string }) => `${level}:${key}`
