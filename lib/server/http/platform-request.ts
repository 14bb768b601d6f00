import { setTimeout as delay } from "node:timers/promises"
import { HttpFault } from "@/lib/checks/ports"
import type { PlatformCall, PlatformRequest } from "@/lib/contracts/outside-ports"
import { createGuardedHttp } from "./guarded-http"
import { retryAfterMs } from "@/lib/contracts/retry-after"

type Answer = Awaited<ReturnType<PlatformRequest>>

const PASSING: readonly string[] = ["connection", "timeout", "name", "protocol"]
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

/**
 * Requests to a platform's interface: the same fence as for checks, whatever the strategy's settings name as its address.
 * Within `patienceMs` what may pass by itself is tried again, as the platform asks for it or with growing pauses.
 */
export function createPlatformRequest({ allowPrivateNetwork }: { allowPrivateNetwork: boolean }): PlatformRequest {
  const once = ({ signal, tls, patienceMs: _p, repeatable: _r, onWait: _w, ...wanted }: PlatformCall) => {
    const { allowInvalid, ...rest } = tls ?? {}
    return createGuardedHttp({ allowPrivateNetwork, signal })({
      ...wanted,
      ...(tls ? { tls: { ...rest, ...(allowInvalid ? { allowInvalid: true as const } : {}) } } : {}),
    })
  }
  return async (call) => {
    const untilMs = performance.now() + (call.patienceMs ?? 0)
    for (let attempt = 0; ; attempt += 1) {
      const outcome: { answer: Answer } | { error: unknown } = await once(call).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      )
      call.signal.throwIfAborted()
      const waitMs = mayPass(call, outcome) ? pauseMs(outcome, attempt) : null
      if (waitMs === null || performance.now() + waitMs > untilMs) {
        if ("error" in outcome) throw outcome.error
        return outcome.answer
      }
      const why = "answer" in outcome ? `it answered ${outcome.answer.status}` : "no answer came"
      call.onWait?.(`${new URL(call.url).host}: ${why}; tried again in ${Math.ceil(waitMs / 1_000)} s`)
      await delay(waitMs, null, { signal: call.signal }).catch(() => call.signal.throwIfAborted())
    }
  }
}

function mayPass(call: PlatformCall, outcome: { answer: Answer } | { error: unknown }): boolean {
  if ("answer" in outcome && outcome.answer.status === 429) return true
  const method = (call.method ?? "GET").toUpperCase()
  if (!(call.repeatable ?? ["GET", "HEAD", "PUT", "DELETE"].includes(method))) return false
  // A certificate that is not trusted, or an address that is fenced off, stays so.
  if ("error" in outcome) return outcome.error instanceof HttpFault && PASSING.includes(outcome.error.reason)
  return [500, 502, 503, 504].includes(outcome.answer.status)
}

/** As long as the platform asks for, else twice as long each time, a little apart from others who wait for the same. */
function pauseMs(outcome: { answer: Answer } | { error: unknown }, attempt: number): number {
  const asked = "answer" in outcome ? retryAfterMs(outcome.answer.headers["retry-after"], Date.now()) : null
  if (asked !== null) return asked
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.75 + Math.random() / 2)
}
