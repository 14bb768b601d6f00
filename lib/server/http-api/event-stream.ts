import { log } from "@/lib/server/log"

const KEEP_ALIVE_MS = 15_000

/**
 * Server-sent events of a tail, as `frameText` writes them. The reader's pull asks for the next frame, so a slow watcher holds back its own tail and
 * nobody's memory; going away (the request's signal, the stream's cancel) ends the tail.
 */
export function eventStream<Frame>(
  tail: (signal: AbortSignal) => AsyncGenerator<Frame, void, undefined>,
  requestSignal: AbortSignal,
  frameText: (frame: Frame) => string,
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
