import {
  claimConnectionTest,
  finishConnectionTest,
  type OwedConnectionTest,
} from "@/lib/server/environment/work-connection-test"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { testConnection } from "./test-connection"

/** A ring may be missed: looked for again after this. */
const LOOK_MS = 5_000
const LEASE_MS = 60_000
const SIDE_BY_SIDE = 4

/** Takes tests of connections as they are asked for. Answers with the way to stop, which gives those in hand back. */
export function startConnectionClock(): () => Promise<void> {
  const stop = new AbortController()
  const inHand = new Set<Promise<void>>()
  let looking = false
  let again = false

  async function work(test: OwedConnectionTest): Promise<void> {
    try {
      await finishConnectionTest(test, await testConnection(test, stop.signal))
    } catch (error) {
      // Its lease ends, and somebody takes it again.
      if (!stop.signal.aborted) log.warn({ err: error, test: test.id }, "a connection could not be tested yet")
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
        while (!stop.signal.aborted && inHand.size < SIDE_BY_SIDE) {
          const test = await claimConnectionTest(LEASE_MS)
          if (!test) break
          const working = work(test).finally(() => {
            inHand.delete(working)
            void look()
          })
          inHand.add(working)
        }
      } while (again)
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ err: error }, "tests of connections could not be looked for")
    } finally {
      looking = false
    }
  }

  const leave = subscribe("connection-tests", () => void look())
  const timer = setInterval(() => void look(), LOOK_MS)
  void look()
  return async () => {
    clearInterval(timer)
    leave()
    stop.abort(new Error("the worker ends"))
    await Promise.allSettled([...inHand])
  }
}
