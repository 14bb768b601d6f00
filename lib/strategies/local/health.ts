import { setTimeout as delay } from "node:timers/promises"
import { type RequestPort, StrategyFailure } from "../contract"

const POLL_MS = 200
const ANSWER_TIMEOUT_MS = 5_000

interface Wait {
  url: string
  version: string
  timeoutMs: number
  signal: AbortSignal
}

/** Waits until an instance answers 200 as the expected version. Rejects with what it said last. */
export function waitUntilHealthy({ url, ...wait }: Wait): Promise<void> {
  return until({ url, ...wait }, async (timeoutMs) => {
    const signal = AbortSignal.any([wait.signal, AbortSignal.timeout(timeoutMs)])
    const response = await fetch(url, { redirect: "manual", signal })
    return { status: response.status, body: await response.text() }
  })
}

/** The same through the public address, as users come. */
export function waitUntilPublic({ request, ...wait }: Wait & { request: RequestPort }): Promise<void> {
  return until(wait, (timeoutMs) => request(wait.url, { timeoutMs, signal: wait.signal }))
}

async function until(
  { url, version, timeoutMs, signal }: Wait,
  ask: (timeoutMs: number) => Promise<{ status: number; body: string }>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let last = "no answer yet"
  for (;;) {
    signal.throwIfAborted()
    const leftMs = deadline - Date.now()
    if (leftMs <= 0) throw new StrategyFailure(`${url} is not healthy after ${timeoutMs} ms: ${last}`, false)
    try {
      const { status, body } = await ask(Math.min(leftMs, ANSWER_TIMEOUT_MS))
      const named = versionIn(body)
      if (status === 200 && (named === null || sameVersion(named, version))) return
      last = status === 200 ? `it answers as version ${named}, expected ${version}` : `it answers ${status}`
    } catch (error) {
      signal.throwIfAborted()
      last = reasonOf(error)
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/** The version that a JSON answer names, if it names one. */
function versionIn(body: string): string | null {
  try {
    const { version } = JSON.parse(body) as { version?: unknown }
    return typeof version === "string" ? version : null
  } catch {
    return null
  }
}

function sameVersion(a: string, b: string): boolean {
  return a.replace(/^v/, "") === b.replace(/^v/, "")
}

function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? inner.message : String(inner)
}
