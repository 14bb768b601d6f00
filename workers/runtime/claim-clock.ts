import { subscribe, type Topic } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"

/** A ring may be missed: looked for again after this. */
const LOOK_MS = 5_000

export interface OwedWork<T> {
  /** In the log: what could not be done. */
  name: string
  /** The bell that rings when there is something new. Left out: it is looked for now and then. */
  bell?: Topic
  sideBySide: number
  /** Takes the next that nobody holds; null where there is none. */
  claim(): Promise<T | null>
  /** Does it. What it throws is told, and the claim's lease lets somebody take it again. */
  work(owed: T, stop: AbortSignal): Promise<void>
  lookMs?: number
}

/** Takes owed work as it comes. Answers with the way to stop, which ends what is in hand. */
export function startClaimClock<T>({ name, bell, sideBySide, claim, work, lookMs = LOOK_MS }: OwedWork<T>) {
  const stop = new AbortController()
  const inHand = new Set<Promise<void>>()
  let looking = false
  let again = false

  async function take(owed: T): Promise<void> {
    try {
      await work(owed, stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ err: error }, `${name}: one could not be done yet`)
    }
  }

  async function look(): Promise<void> {
    if (looking) {
      again = true
      return
    }
    looking = true
    try {
      do {
        again = false
        while (!stop.signal.aborted && inHand.size < sideBySide) {
          const owed = await claim()
          if (!owed) break
          const working = take(owed).finally(() => {
            inHand.delete(working)
            void look()
          })
          inHand.add(working)
        }
      } while (again)
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ err: error }, `${name}: they could not be looked for`)
    } finally {
      looking = false
    }
  }

  const leave = bell ? subscribe(bell, () => void look()) : () => undefined
  const timer = setInterval(() => void look(), lookMs)
  void look()
  return async () => {
    clearInterval(timer)
    leave()
    stop.abort(new Error("the worker ends"))
    await Promise.allSettled([...inHand])
  }
}
