/** How topics travel between processes. A message may get lost (readers look again by themselves), never invent a fact. */
export interface Bell {
  ring(topics: string[]): Promise<void>
  /** Hears all topics from now on; `onTopic(null)` after a reconnect: anything may have happened. */
  listen(onTopic: (topic: string | null) => void): void
  close(): Promise<void>
}

export const BELL_CHANNEL = "golive"

/** Waits 100 ms, 200 ms, ... up to 5 s between attempts to connect. */
export function backoffMs(attempt: number): number {
  return Math.min(5_000, 100 * 2 ** Math.min(attempt, 6))
}
