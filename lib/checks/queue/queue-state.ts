import type { Counted } from "./definition"

/** A queue as it was at one moment. */
export interface QueueState {
  /** False: nobody has used a queue of this name there. */
  exists: boolean
  isPaused: boolean
  counts: Record<Counted, number>
  /** How long the job has been waiting that has waited longest; null if none waits or nobody asked. */
  oldestWaitingMs: number | null
  /** Left out where nobody asked. */
  workers?: number | { unknown: string }
  /** What has to be said about the figures. */
  notes: string[]
}

export interface QueueQuestion {
  queue: string
  prefix: string
  schema: string
  wantsOldest: boolean
  wantsWorkers: boolean
}
