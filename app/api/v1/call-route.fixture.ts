import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Readable } from "node:stream"
import type { Scope } from "@/lib/domain/access/policy"
import { mintToken } from "@/lib/server/tokens/create-token"

// biome-ignore lint/suspicious/noExplicitAny: each route names its own parameters; a test passes those that it takes
type Handler = (request: Request, context: { params: Promise<any> }) => Promise<Response>

export interface Asking {
  authorization: string
  params: Record<string, string>
  method?: string
  query?: Record<string, string>
  /** Sent as it is; anything but text, bytes and streams as JSON. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

export async function bearer(userId: string | undefined, scopes: readonly Scope[]): Promise<string> {
  const made = { userId: userId ?? "", name: "test", scopes: [...scopes], expiresInDays: 1, address: null }
  return `Bearer ${(await mintToken(made)).token}`
}

/** Asks a route handler as the framework would. */
export function ask(handler: Handler, asking: Asking): Promise<Response> {
  const { authorization, params, method = "GET", query = {}, body, headers = {}, signal } = asking
  const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream
  // As a client that has all of it says.
  const length = typeof body === "string" || body instanceof Uint8Array ? Buffer.byteLength(body) : null
  // The path stands for the parameters: what a key of idempotency means depends on it.
  const path = Object.values(params).map(encodeURIComponent).join("/")
  const request = new Request(`http://127.0.0.1:3000/api/v1/${path}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      authorization,
      ...(isRaw || body === undefined ? {} : { "content-type": "application/json" }),
      ...(length === null ? {} : { "content-length": String(length) }),
      ...headers,
    },
    body: body === undefined ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
    signal,
    duplex: "half",
  } as RequestInit)
  return handler(request, { params: Promise.resolve(params) })
}

/** Bytes without end, and how many of them were taken. */
export function endless(totalBytes: number, first: Uint8Array = new Uint8Array()) {
  const taken = { bytes: 0 }
  const piece = new Uint8Array(64 * 1024).fill(0x61)
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.bytes >= totalBytes) return controller.close()
        const next = taken.bytes === 0 && first.length > 0 ? first : piece.slice()
        taken.bytes += next.length
        controller.enqueue(next)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, taken }
}

/** A handler behind a real server, which hands over requests and answers as the framework does. */
export async function serve(handler: Handler, params: Record<string, string>) {
  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController()
    outgoing.once("close", () => outgoing.writableFinished || gone.abort())
    const response = await handler(
      new Request(`http://127.0.0.1${incoming.url}`, {
        method: incoming.method,
        headers: incoming.headers as Record<string, string>,
        body: incoming.method === "GET" ? null : incoming,
        duplex: "half",
        signal: gone.signal,
      } as unknown as RequestInit),
      { params: Promise.resolve(params) },
    )
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (!response.body) return outgoing.end()
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
    body.on("error", () => outgoing.destroy())
    body.pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
