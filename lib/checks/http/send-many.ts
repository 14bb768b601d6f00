import { setMaxListeners } from "node:events"
import { type CheckPorts, type HttpAnswer, HttpFault, type HttpRequest } from "../ports"

export interface ManyAnswers<T> {
  /** What was made of each answer, in the order of their coming; the answers themselves are not kept. */
  judged: T[]
  /** Words for each request that was not answered. */
  faults: string[]
  /** Left over when the time was over. */
  unsent: number
  tookMs: number
}

/**
 * Sends one request many times, so many at once. Ends by `deadlineMs` of the clock of `ports`. Rejects where the address is
 * refused or none, and when stopped.
 */
export async function sendMany<T>(
  request: HttpRequest,
  { requests, concurrency, deadlineMs }: { requests: number; concurrency: number; deadlineMs: number },
  ports: Pick<CheckPorts, "http" | "nowMs" | "signal">,
  judge: (answer: HttpAnswer) => T,
): Promise<ManyAnswers<T>> {
  const result: ManyAnswers<T> = { judged: [], faults: [], unsent: requests, tookMs: 0 }
  const beganMs = ports.nowMs()
  // Each request under way waits for the one signal.
  setMaxListeners(0, ports.signal)
  let stopped: unknown

  async function sendUntilDone(): Promise<void> {
    while (result.unsent > 0 && stopped === undefined) {
      const leftMs = Math.floor(deadlineMs - ports.nowMs())
      if (leftMs <= 0) return
      result.unsent -= 1
      try {
        result.judged.push(judge(await ports.http({ ...request, timeoutMs: Math.min(request.timeoutMs, leftMs) })))
      } catch (error) {
        const isFinding = error instanceof HttpFault && error.reason !== "refused" && error.reason !== "invalid"
        if (isFinding) result.faults.push(error.message)
        else stopped ??= error
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(requests, concurrency) }, sendUntilDone))
  if (stopped !== undefined) throw stopped
  result.tookMs = Math.round(ports.nowMs() - beganMs)
  return result
}
