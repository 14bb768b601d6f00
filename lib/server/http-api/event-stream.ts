import type { TailFrame } from "@/lib/server/events/tail-release"
import { log } from "@/lib/server/log"

const KEEP_ALIVE_MS = 15_000

/**
 * Server-sent events of a tail. The reader's pull asks for the next frame, so a slow watcher holds back its own tail and
 * nobody's memory; going away (the request's signal, the stream's cancel) ends the tail.
 */
export function eventStream(
  tail: (signal: AbortSignal) => AsyncGenerator<TailFrame, void, undefined>,
  requestSignal: AbortSignal,
): Response {
  const abort = new AbortController()
  const end = () => abort.abort()
  requestSignal.addEventListener("abort", end, { once: true })
  if (requestSignal.aborted) end()
  const frames = tail(abort.signal)
  const encoder = new TextEncoder()
  let keepAlive: NodeJS.Timeout | undefined
  let isCancelled = false
  const stop = () => {
    clearInterval(keepAlive)
    requestSignal.removeEventListener("abort", end)
    end()
  }
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      // Something goes out at once, so that proxies and browsers see the stream open.
      controller.enqueue(encoder.encode("retry: 1000\n: open\n\n"))
      keepAlive = setInterval(() => {
        if ((controller.desiredSize ?? 0) > -16) controller.enqueue(encoder.encode(": keep-alive\n\n"))
      }, KEEP_ALIVE_MS)
    },
    async pull(controller) {
      try {
        const next = await frames.next()
        // The reader went away while the frame was awaited: there is no one to write to or to close.
        if (isCancelled) return
        if (next.done) {
          stop()
          controller.close()
        } else controller.enqueue(encoder.encode(frameText(next.value)))
      } catch (error) {
        stop()
        if (isCancelled) return
        // The browser comes back with its cursor; an error frame would tell it nothing more.
        log.warn({ err: error }, "a stream broke off")
        controller.close()
      }
    },
    async cancel() {
      isCancelled = true
      stop()
      await frames.return()
    },
  })
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  })
}

/** JSON holds no line break, so one data line is enough. */
export function frameText(frame: TailFrame): string {
  switch (frame.type) {
    case "event":
      return `id: ${frame.event.seq}\ndata: ${JSON.stringify(frame.event)}\n\n`
    case "log":
      return `event: log\ndata: ${JSON.stringify({ cursor: frame.cursor, lines: frame.lines })}\n\n`
    case "sample":
      return `event: sample\ndata: ${JSON.stringify({ cursor: frame.cursor, samples: frame.samples })}\n\n`
    case "environment":
      return `event: environment\ndata: ${JSON.stringify(frame.environment)}\n\n`
  }
}
