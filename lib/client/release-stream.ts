import type { LogLine, SampleLine } from "@/lib/contracts/stream"
import { environmentFrameSchema, logFrameSchema, sampleFrameSchema } from "@/lib/contracts/stream"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import { type AnyTimelineEvent, parseTimelineEvent } from "@/lib/domain/timeline/event"
import { leaveIfSignedOut } from "./leave-if-signed-out"

export type ConnectionState = "connecting" | "live" | "reconnecting" | "offline"

export interface StreamListener {
  /** The last seq that the page has: the stream goes on after it. */
  lastSeq(): number
  onEvent(event: AnyTimelineEvent): void
  /** A number is missing: the page reads the snapshot anew, then the stream goes on from there. */
  onGap(): Promise<void>
  onLogs(lines: LogLine[]): void
  onSamples(samples: SampleLine[]): void
  onEnvironment(facts: EnvironmentFacts): void
  onState(state: ConnectionState): void
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 10_000
/** A stream says nothing about why it failed: after so many failures the snapshot is asked, whose refusal has words. */
const ASK_AFTER = 3

/**
 * The one connection of a page to `/releases/:id/stream`. The browser's own reconnect would repeat the first address
 * with stale log and sample cursors, so each connection is made anew from where all three cursors stand.
 */
export function openReleaseStream(
  releaseId: string,
  cursors: { log: string; sample: string },
  listener: StreamListener,
): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let ended = false
  let { log, sample } = cursors

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }

  const retryLater = () => {
    close()
    if (ended) return
    listener.onState(navigator.onLine ? "reconnecting" : "offline")
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.75 + Math.random() / 2)
    failures += 1
    timer = setTimeout(() => {
      if (failures % ASK_AFTER === 0) listener.onGap().then(open, retryLater)
      else open()
    }, waitMs)
  }

  const receive = (event: AnyTimelineEvent) => {
    const have = listener.lastSeq()
    if (event.seq <= have) return
    if (event.seq === have + 1) return listener.onEvent(event)
    close()
    listener.onGap().then(open, retryLater)
  }

  /** A frame that cannot be read means that this page is older than the server: read the snapshot anew. */
  const guarded = (handle: (data: unknown) => void) => (message: MessageEvent<string>) => {
    try {
      handle(JSON.parse(message.data))
    } catch (error) {
      console.error("A frame of the stream could not be read", error)
      close()
      listener.onGap().finally(retryLater)
    }
  }

  function open() {
    if (ended) return
    close()
    const query = new URLSearchParams({ after: String(listener.lastSeq()), log, sample })
    const opened = new EventSource(`/api/v1/releases/${releaseId}/stream?${query}`)
    source = opened
    let wasLive = false
    opened.onopen = () => {
      wasLive = true
      failures = 0
      listener.onState("live")
    }
    opened.onerror = () => {
      if (wasLive) void leaveIfSignedOut()
      retryLater()
    }
    opened.onmessage = guarded((data) => receive(parseTimelineEvent(data)))
    opened.addEventListener(
      "log",
      guarded((data) => {
        const frame = logFrameSchema.parse(data)
        log = frame.cursor
        listener.onLogs(frame.lines)
      }),
    )
    opened.addEventListener(
      "sample",
      guarded((data) => {
        const frame = sampleFrameSchema.parse(data)
        sample = frame.cursor
        listener.onSamples(frame.samples)
      }),
    )
    opened.addEventListener(
      "environment",
      guarded((data) => listener.onEnvironment(environmentFrameSchema.parse(data))),
    )
  }

  const online = () => {
    failures = 0
    open()
  }
  const offline = () => {
    close()
    listener.onState("offline")
  }
  window.addEventListener("online", online)
  window.addEventListener("offline", offline)
  open()

  return () => {
    ended = true
    close()
    window.removeEventListener("online", online)
    window.removeEventListener("offline", offline)
  }
}
