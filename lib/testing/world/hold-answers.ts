import { createServer, type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"

/**
 * A way to an HTTP API that carries out every request and, while `hold` says so of it, keeps the answer back: what a worker
 * sees that dies after the world was changed and before it knew.
 */
export async function holdAnswers(upstream: string, hold: (req: IncomingMessage) => boolean) {
  const target = new URL(upstream)
  let held = 0
  const server = createServer((req, res) => {
    const { method, headers, url } = req
    const asked = request({ host: target.hostname, port: target.port, method, headers, path: url }, (answer) => {
      if (hold(req)) {
        held += 1
        answer.resume()
        return
      }
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    asked.on("error", () => res.destroy())
    req.pipe(asked)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** How many answers were kept back. */
    held: () => held,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
