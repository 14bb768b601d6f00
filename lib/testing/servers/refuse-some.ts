import { createServer, type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"

/** A way to an HTTP API that answers 503 to every request of which `refuse` says so, and lets the others through. */
export async function refuseSome(upstream: string, refuse: (req: IncomingMessage) => boolean) {
  const target = new URL(upstream)
  const server = createServer((req, res) => {
    if (refuse(req)) {
      req.resume()
      res.writeHead(503, { "content-type": "application/json" }).end('{"error":{"message":"not now"}}')
      return
    }
    const { method, headers, url } = req
    const asked = request({ host: target.hostname, port: target.port, method, headers, path: url }, (answer) => {
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
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
