import { setMaxListeners } from "node:events"
import { sayDuration } from "./duration"
import type { CheckPorts } from "./ports"

export interface TimeLimit {
  /** Aborted when the time is over, and when the check is stopped. */
  signal: AbortSignal
  timeoutMs: number
  leftMs(): number
  isOver(): boolean
  /** Rejects when the time is over; the work is told by the signal. */
  within<T>(work: Promise<T>): Promise<T>
  /** To be called in the end: no timer is left. */
  end(): void
}

/** The time that a check of this kind may take, counted from now. */
export function limitTime(ports: Pick<CheckPorts, "signal" | "nowMs">, timeoutMs: number): TimeLimit {
  const stop = new AbortController()
  // Many connections may wait for the one signal.
  setMaxListeners(0, stop.signal)
  const untilMs = ports.nowMs() + timeoutMs
  let over = false
  const onStop = () => stop.abort(ports.signal.reason)
  if (ports.signal.aborted) onStop()
  else ports.signal.addEventListener("abort", onStop, { once: true })
  const timer = setTimeout(() => {
    over = true
    stop.abort(new Error(`no answer within ${sayDuration(timeoutMs)}`))
  }, timeoutMs)
  return {
    signal: stop.signal,
    timeoutMs,
    leftMs: () => Math.max(1, Math.ceil(untilMs - ports.nowMs())),
    isOver: () => over,
    within: (work) => untilAborted(work, stop.signal),
    end: () => {
      clearTimeout(timer)
      ports.signal.removeEventListener("abort", onStop)
    },
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  try {
    return await new Promise<T>((resolve, reject) => {
      stop = () => reject(signal.reason)
      if (signal.aborted) stop()
      else signal.addEventListener("abort", stop, { once: true })
      work.then(resolve, reject)
    })
  } finally {
    signal.removeEventListener("abort", stop)
  }
}
