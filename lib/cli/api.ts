import { randomUUID } from "node:crypto"
import { version } from "@/package.json"
import { backOffMs, retryAfterMs, sleep } from "./back-off"
import { exits } from "./exits"
import { Fault } from "./fault"
import { networkWords } from "./network-words"
import { faultOfAnswer, isRecord } from "./problem"
import type { Settings } from "./settings"
import type { Voice } from "./voice"

const TRY_MS = 30_000
const NOT_NOW = new Set([429, 502, 503, 504])

export interface Ask {
  method?: "GET" | "POST"
  /** Below `/api/v1`. */
  path: string
  query?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, instead of a JSON body. */
  file?: { bytes: Uint8Array; mediaType: string }
  /** Tells the requests of one invocation apart. */
  keyPart?: string
  /** What the answer must hold for this program to go on. */
  expects: readonly string[]
}

export interface Api {
  baseUrl: string
  /** The answer's JSON, tried again within the time for a request. Throws Fault. */
  ask<T>(ask: Ask): Promise<T>
  /** An open stream of server-sent events, tried once: whoever reads it comes back by itself. */
  openStream(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Response>
}

/**
 * The console's API over HTTP. Reads, and acts with their idempotency key, are repeated where no answer came or the console
 * said "not now"; the console does an act with the same key once.
 */
export function createApi(settings: Settings, say: Voice, signal: AbortSignal): Api {
  const { baseUrl, token, requestMs } = settings
  const invocationKey = settings.idempotencyKey ?? randomUUID()
  const headers = {
    authorization: `Bearer ${token}`,
    "user-agent": `golive-cli/${version}`,
  }
  const urlOf = (path: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query).toString()
    return `${baseUrl}/api/v1${path}${search ? `?${search}` : ""}`
  }

  async function once(ask: Ask, leftMs: number): Promise<{ response: Response; text: string }> {
    const { method = "GET", file } = ask
    const response = await fetch(urlOf(ask.path, ask.query), {
      method,
      // A redirect would turn a POST into a GET, or carry the token elsewhere.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(file ? leftMs : Math.min(leftMs, TRY_MS))]),
      headers: {
        ...headers,
        accept: "application/json",
        ...(method === "POST"
          ? {
              "idempotency-key": ask.keyPart ? `${invocationKey}-${ask.keyPart}` : invocationKey,
              "content-type": file?.mediaType ?? "application/json",
            }
          : {}),
      },
      ...(method === "POST"
        ? { body: file ? new Blob([Buffer.from(file.bytes)]) : JSON.stringify(ask.body ?? {}) }
        : {}),
    })
    return { response, text: await response.text() }
  }

  return {
    baseUrl,
    async ask<T>(ask: Ask): Promise<T> {
      const deadlineMs = Date.now() + requestMs
      for (let tries = 1; ; tries += 1) {
        const beganMs = Date.now()
        const outcome = await once(ask, Math.max(1, deadlineMs - beganMs)).then(
          ({ response, text }) => judge(ask, response, text, { baseUrl, isRepeat: tries > 1 }),
          (error: unknown) => {
            if (signal.aborted) throw new Fault(exits.interrupted, "Interrupted.")
            const words = `The console cannot be reached: ${networkWords(error)}.`
            return { again: new Fault(exits.unreachable, words), waitMs: null }
          },
        )
        const how = "again" in outcome ? outcome.again.message : "answered"
        say.debug(`${ask.method ?? "GET"} ${ask.path} try ${tries}: ${how} (${Date.now() - beganMs} ms)`)
        if (!("again" in outcome)) return outcome.value as T
        const waitMs = outcome.waitMs ?? backOffMs(tries)
        if (Date.now() + waitMs >= deadlineMs) throw outcome.again
        if (tries === 2) say.note(`${outcome.again.message} Trying again…`)
        await sleep(waitMs, signal)
      }
    },
    openStream: (path, query, streamSignal) =>
      fetch(urlOf(path, query), {
        redirect: "manual",
        signal: streamSignal,
        headers: {
          ...headers,
          accept: "text/event-stream",
          ...(query.after === undefined ? {} : { "last-event-id": query.after }),
        },
      }),
  }
}

/** `waitMs`: as the console asks; null: it does not say. */
type Outcome = { value: unknown } | { again: Fault; waitMs: number | null }

function judge(
  ask: Ask,
  response: Response,
  text: string,
  { baseUrl, isRepeat }: { baseUrl: string; isRepeat: boolean },
): Outcome {
  const { status, headers } = response
  const body = parseJson(text)
  if (status >= 300 && status < 400) throw redirected(headers.get("location"))
  if (NOT_NOW.has(status)) {
    return {
      again: faultOfAnswer(status, body, baseUrl),
      waitMs: retryAfterMs(headers.get("retry-after"), Date.now()),
    }
  }
  // The first try is still at work while this one asks: its answer will be given to the same key.
  if (isRepeat && status === 409 && isRecord(body) && /still under way/.test(String(body.detail))) {
    return { again: faultOfAnswer(status, body, baseUrl), waitMs: null }
  }
  if (status >= 400) throw faultOfAnswer(status, body, baseUrl)
  if (!/^application\/(\w+\+)?json\b/.test(headers.get("content-type") ?? "")) {
    throw new Fault(exits.unreachable, "The answer is no JSON. Is this the address of a console?")
  }
  if (body === undefined)
    return { again: new Fault(exits.unreachable, "The console's answer was cut off."), waitMs: null }
  const missing = ask.expects.find((name) => !isRecord(body) || !(name in body))
  if (missing !== undefined) {
    throw new Fault(exits.unreachable, `The console's answer has no "${missing}": is it of another version?`)
  }
  return { value: body }
}

function redirected(location: string | null): Fault {
  const to = location ? ` to ${location}` : ""
  return new Fault(exits.unreachable, `The console's address redirects${to}: give the address that is meant.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
