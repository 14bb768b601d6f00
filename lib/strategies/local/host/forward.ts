import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http"
import { hasBody } from "./own-answer"
import { requestHeaders, responseHeaders } from "./proxy-headers"

export type Target = { port: number; version: string }

/** Idle connections are closed well before common servers (5 s) close them, so that few requests meet a closing one. */
export function createForwardAgent(): Agent {
  return new Agent({ keepAlive: true, maxFreeSockets: 256, timeout: 3_000, scheduling: "lifo" })
}

/** True if sending the request twice does no more than sending it once, and there is no body that is used up. */
export function isRepeatable(req: IncomingMessage): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(req.method ?? "") && !hasBody(req)
}

/**
 * Sends the request to the application and streams its answer back. Resolves with `answered` when that is over, or with
 * `failed` if the application went away before it answered: then nothing was sent to the client yet.
 */
export function forwardOnce(
  req: IncomingMessage,
  res: ServerResponse,
  target: Target,
  agent: Agent,
): Promise<"answered" | "failed"> {
  return new Promise((resolve) => {
    const upstream = request({
      host: "127.0.0.1",
      port: target.port,
      method: req.method,
      path: req.url,
      headers: requestHeaders(req),
      // What cannot be repeated gets a connection of its own: an idle one might be closing.
      agent: isRepeatable(req) ? agent : false,
      // The agent's time limit is meant for idle connections; an answer may take as long as it takes.
      timeout: 0,
    })
    const clientGone = () => upstream.destroy()
    res.once("close", clientGone)

    upstream.once("response", (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.statusMessage, responseHeaders(answer, target.version))
      answer.once("error", () => res.destroy())
      answer.pipe(res)
      res.once("close", () => resolve("answered"))
    })
    upstream.once("error", () => {
      if (res.headersSent || res.destroyed) {
        res.destroy()
        resolve("answered")
        return
      }
      res.off("close", clientGone)
      resolve("failed")
    })
    if (hasBody(req)) req.pipe(upstream)
    else upstream.end()
  })
}
