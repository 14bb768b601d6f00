import type { FlagPorts } from "../contract"

const TIMEOUT_MS = 15_000
/** A flag is turned off because users suffer: what does not answer is asked again, but not for long. */
const PATIENCE_MS = 30_000
/** Shorter parts of a header are words such as `Bearer`, and not what keeps others out. */
const SECRET_CHARS = 8
const SAID_CHARS = 300

export interface Asked {
  method?: string
  url: string
  headers?: Record<string, string>
  /** Sent as it is where it is a text, else as JSON. */
  body?: unknown
  /** Statuses beside 2xx that mean something to whoever asks. */
  expected?: readonly number[]
}

export interface Service {
  /** Who is asked, in what goes wrong. */
  name: string
  /** What 404 means, after the name: `has no flag "x"`. */
  missing: string
}

/**
 * One request with a JSON answer, which may be sent twice: setting a flag may. The body is null where it is no JSON.
 * Rejects with an Error in words that hold nothing of the headers, even where the service repeats them.
 */
export function createAskJson({ name, missing }: Service, { platform, signal, log }: FlagPorts) {
  return async ({ method = "GET", url, headers = {}, body, expected = [] }: Asked) => {
    const hide = hider(headers)
    const answer = await platform({
      ...{ method, url, signal, timeoutMs: TIMEOUT_MS, patienceMs: PATIENCE_MS, repeatable: true, onWait: log },
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw new Error(`${name} could not be reached: ${hide(error instanceof Error ? error.message : String(error))}`)
    })
    const { status } = answer
    const parsed = parse(answer.body)
    if ((status >= 200 && status < 300) || expected.includes(status)) return { status, body: parsed }
    throw new Error(`${name} ${meaning(status, missing)}${hide(said(parsed)).slice(0, SAID_CHARS)}`)
  }
}

function meaning(status: number, missing: string): string {
  if (status === 401) return "does not know this token (401)"
  if (status === 403) return "does not let this token do it (403)"
  if (status === 404) return `${missing} (404)`
  if (status === 409) return "says that another change is in the way (409)"
  if (status === 429) return "takes no more requests for now (429)"
  if (status >= 300 && status < 400) return `answered ${status}, and redirects are not followed`
  return `answered ${status}`
}

/** What the service says itself: `message` or `detail`, as most do. */
function said(body: unknown): string {
  if (typeof body !== "object" || body === null) return ""
  const { message, detail, error } = body as Record<string, unknown>
  const words = [message, detail, error].find((text) => typeof text === "string" && text !== "")
  return words ? `: ${String(words)}` : ""
}

function hider(headers: Record<string, string>): (text: string) => string {
  const secrets = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter((part) => part.length >= SECRET_CHARS)
  // The longest first: a part of it may be another.
  secrets.sort((a, b) => b.length - a.length)
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
