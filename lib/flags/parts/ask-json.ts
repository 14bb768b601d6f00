import type { FlagPorts } from "../contract"

const TIMEOUT_MS = 15_000
/** A flag is turned off because users suffer: what does not answer is asked again, but not for long. */
const PATIENCE_MS = 30_000

export interface Asked {
  method?: string
  url: string
  headers?: Record<string, string>
  body?: unknown
  /** Statuses beside 2xx that mean something to whoever asks. */
  expected?: readonly number[]
  /** Whether it may be sent twice: setting a flag may. */
  repeatable?: boolean
}

/** One request with a JSON answer; `service` names who is asked in what goes wrong. Rejects with an Error in words. */
export function createAskJson(service: string, { platform, signal, log }: FlagPorts) {
  return async ({ method = "GET", url, headers, body, expected = [], repeatable = true }: Asked) => {
    const answer = await platform({
      ...{ method, url, signal, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS, repeatable, onWait: log },
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new Error(`${service} could not be reached: ${error instanceof Error ? error.message : String(error)}`)
    })
    const { status } = answer
    const parsed = parse(answer.body)
    if ((status >= 200 && status < 300) || expected.includes(status)) return { status, body: parsed }
    throw new Error(`${service} ${meaning(status)}${said(parsed)}`)
  }
}

function meaning(status: number): string {
  if (status === 401) return "does not know this token (401)"
  if (status === 403) return "does not let this token do it (403)"
  if (status === 404) return "has no such flag, or not in this project and environment (404)"
  return `answered ${status}`
}

/** What the service says itself: `message` or `detail`, as most do. */
function said(body: unknown): string {
  if (typeof body !== "object" || body === null) return ""
  const { message, detail, error } = body as Record<string, unknown>
  const words = [message, detail, error].find((text) => typeof text === "string" && text !== "")
  return words ? `: ${String(words).slice(0, 300)}` : ""
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
