import { setTimeout as delay } from "node:timers/promises"
import { announcedBytes } from "./announced-bytes"

/** A body of which this much is not read yet may as well be read to its end, and the connection be used again. */
const LITTLE_BYTES = 1_000_000
const LINGER_MS = 500

/**
 * The answer to a request whose body was not read to its end, and the last one of its connection: else the server would
 * read all the rest of it. The end of the answer is held back for a moment, because a sender whose connection is closed
 * while it sends finds that out before it finds the answer.
 */
export function lastAnswer(request: Request, response: Response): Response {
  if (request.body === null || (announcedBytes(request.headers) ?? Number.POSITIVE_INFINITY) <= LITTLE_BYTES)
    return response
  const headers = new Headers(response.headers)
  headers.set("connection", "close")
  return new Response(response.body && heldOpen(response.body), { status: response.status, headers })
}

function heldOpen(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return body.pipeThrough(new TransformStream({ flush: () => delay(LINGER_MS) }))
}
