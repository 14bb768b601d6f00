import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage["headers"]
  body: unknown
}
export interface Answered {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

/**
 * An HTTP server that answers JSON as `answer` says. `trouble` is what it does to the next requests instead, in their order.
 */
export async function startJsonServer(answer: (asked: Asked) => Answered) {
  const trouble: ((res: ServerResponse) => void)[] = []
  const asked: Asked[] = []
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? "/", "http://server")
    let text = ""
    for await (const chunk of req) text += chunk
    const wrong = trouble.shift()
    if (wrong) return wrong(res)
    const one: Asked = {
      ...{ method: req.method ?? "GET", path: url.pathname, query: url.searchParams, headers: req.headers },
      body: text === "" ? undefined : JSON.parse(text),
    }
    asked.push(one)
    const { status = 200, headers = {}, body } = answer(one)
    res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
