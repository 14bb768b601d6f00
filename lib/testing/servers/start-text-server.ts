import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  text: string
}
export interface Reply {
  status: number
  headers?: Record<string, string>
  text: string
}

export interface TextServer {
  url: string
  /** What it does to the next requests instead of taking them, in their order. */
  trouble: ((res: ServerResponse) => void)[]
  /** So many requests are taken, and their answer never comes. */
  loses: number
  /** Nothing listens any more; then on the same port again. */
  down(): Promise<void>
  up(): Promise<void>
  close(): Promise<void>
}

/** An HTTP server that is told what came in as it came, byte for byte, and answers as `take` says. */
export async function startTextServer(take: (received: Received) => Reply): Promise<TextServer> {
  let server: Server | null = null
  let port = 0
  const state: TextServer = {
    ...{ url: "", trouble: [], loses: 0 },
    async up() {
      const next = createServer(async (req, res) => {
        let text = ""
        req.setEncoding("utf8")
        for await (const chunk of req) text += chunk
        const wrong = state.trouble.shift()
        if (wrong) return wrong(res)
        const { method = "GET", url: path = "/", headers } = req
        const { status, headers: more, text: answer } = take({ method, path, headers, text })
        if (state.loses > 0) {
          state.loses -= 1
          return void res.destroy()
        }
        res.writeHead(status, more).end(answer)
      })
      await new Promise<void>((resolve, reject) => next.once("error", reject).listen(port, "127.0.0.1", resolve))
      server = next
      port = (next.address() as AddressInfo).port
    },
    async down() {
      const last = server
      server = null
      last?.closeAllConnections()
      await new Promise<void>((resolve) => (last ? last.close(() => resolve()) : resolve()))
    },
    close: () => state.down(),
  }
  await state.up()
  state.url = `http://127.0.0.1:${port}`
  return state
}
