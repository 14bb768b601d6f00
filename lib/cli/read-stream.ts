import { createParser, type EventSourceMessage } from "eventsource-parser"
import type { LogLine } from "@/lib/contracts/stream"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Api } from "./api"
import { backOffMs, retryAfterMs, sleep } from "./back-off"
import { exits } from "./exits"
import { Fault } from "./fault"
import { networkWords } from "./network-words"
import { faultOfAnswer, isRecord } from "./problem"

/** The console sends something at least every 15 s: three times that without a byte is a dead connection. */
const SILENCE_MS = 45_000
/** A release outlives short outages; after this long without a connection somebody should know. */
const GIVE_UP_MS = 5 * 60_000
const STEADY_MS = 5_000
const LARGEST_FRAME_CHARS = 4_000_000

export type Frame =
  | { type: "event"; event: AnyTimelineEvent }
  | { type: "log"; lines: LogLine[] }
  | { type: "environment" }
  | { type: "lost"; words: string }
  | { type: "back" }

export interface Cursors {
  /** Of the last event that is known. */
  seq: number
  log: string
  sample: string
}

/**
 * The stream of a release, each event once and in order: a connection that breaks, falls silent or sends what cannot be
 * read is made anew from where the last one stood. Ends with the signal. Throws Fault where the console refuses, or cannot
 * be reached for minutes.
 */
export async function* readStream(
  api: Api,
  releaseId: string,
  from: Cursors,
  signal: AbortSignal,
  { silenceMs = SILENCE_MS, giveUpMs = GIVE_UP_MS } = {},
): AsyncGenerator<Frame, void, undefined> {
  const at = { ...from }
  let failures = 0
  let aliveMs = Date.now()
  while (!signal.aborted) {
    let words = "the stream ended"
    let waitMs: number | null = null
    const beganMs = Date.now()
    try {
      for await (const frame of connect(api, releaseId, at, signal, silenceMs)) {
        aliveMs = Date.now()
        // One that opens and is cut off at once, by a proxy perhaps, must not be asked for without pause.
        if (failures > 0 && (frame !== "alive" || aliveMs - beganMs > STEADY_MS)) {
          if (failures > 1) yield { type: "back" }
          failures = 0
        }
        if (frame !== "alive") yield frame
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof NotNow) waitMs = error.waitMs
      else if (error instanceof Fault) throw error
      words = error instanceof NotNow ? error.message : networkWords(error)
    }
    if (signal.aborted) return
    if (Date.now() - aliveMs > giveUpMs) throw new Fault(exits.unreachable, `The console cannot be reached: ${words}.`)
    failures += 1
    // One that ends now and then is how streams are; more than that is worth a word.
    if (failures === 2) yield { type: "lost", words }
    await sleep(waitMs ?? backOffMs(failures), signal)
  }
}

/** The console is busy or starting: not a refusal. */
class NotNow extends Error {
  constructor(
    message: string,
    readonly waitMs: number | null,
  ) {
    super(message)
  }
}

async function* connect(
  api: Api,
  releaseId: string,
  at: Cursors,
  signal: AbortSignal,
  silenceMs: number,
): AsyncGenerator<Frame | "alive", void, undefined> {
  const silent = new AbortController()
  const expect = () => setTimeout(() => silent.abort(new DOMException("silence", "TimeoutError")), silenceMs)
  let timer = expect()
  const closed = AbortSignal.any([signal, silent.signal])
  try {
    const query = { after: String(at.seq), log: at.log, sample: at.sample }
    const response = await api.openStream(`/releases/${releaseId}/stream`, query, closed)
    if (!response.ok || !response.body || !/^text\/event-stream/.test(response.headers.get("content-type") ?? "")) {
      await refuse(response, api.baseUrl)
    }
    const messages: EventSourceMessage[] = []
    const parser = createParser({
      onEvent: (message) => messages.push(message),
      onError: (error) => {
        if (error.type === "max-buffer-size-exceeded") throw error
      },
      maxBufferSize: LARGEST_FRAME_CHARS,
    })
    const decoder = new TextDecoder()
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer)
      timer = expect()
      parser.feed(decoder.decode(chunk, { stream: true }))
      yield "alive"
      for (const message of messages.splice(0)) {
        const frame = readFrame(message, at)
        if (frame) yield frame
      }
    }
  } finally {
    clearTimeout(timer)
    silent.abort()
  }
}

/** Cursors move only past what could be read: a frame that was cut off comes again. */
function readFrame(message: EventSourceMessage, at: Cursors): Frame | null {
  const data: unknown = JSON.parse(message.data)
  if (!isRecord(data)) throw new Error("a frame of the stream cannot be read")
  const cursor = typeof data.cursor === "string" ? data.cursor : null
  switch (message.event) {
    case undefined: {
      const seq = Number(data.seq)
      if (!Number.isSafeInteger(seq) || typeof data.type !== "string") throw new Error("an event cannot be read")
      if (seq <= at.seq) return null
      if (seq > at.seq + 1) throw new Error(`the stream left out event ${at.seq + 1}`)
      at.seq = seq
      return { type: "event", event: data as unknown as AnyTimelineEvent }
    }
    case "log":
      at.log = cursor ?? at.log
      return { type: "log", lines: Array.isArray(data.lines) ? (data.lines as LogLine[]) : [] }
    case "sample":
      at.sample = cursor ?? at.sample
      return null
    case "environment":
      return { type: "environment" }
    default:
      return null
  }
}

async function refuse(response: Response, baseUrl: string): Promise<never> {
  const text = await response.text()
  const { status } = response
  if (status === 429 || status >= 500) {
    throw new NotNow(`it answered ${status}`, retryAfterMs(response.headers.get("retry-after"), Date.now()))
  }
  if (response.ok)
    throw new Fault(exits.unreachable, "The answer is no event stream. Is this the address of a console?")
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  throw faultOfAnswer(status, body, baseUrl)
}
