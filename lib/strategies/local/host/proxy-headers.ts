import type { IncomingMessage } from "node:http"

/** Headers of one connection, not of the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
])

export const BYPASS_HEADER = "x-golive-bypass"

/** What the application is sent: the client's headers without those of the connection, and who asked. */
export function requestHeaders(req: IncomingMessage): Record<string, string | string[]> {
  const dropped = droppedNames(req)
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined && !dropped.has(name) && name !== BYPASS_HEADER && name !== "expect") headers[name] = value
  }
  const client = req.socket.remoteAddress ?? "unknown"
  const before = req.headers["x-forwarded-for"]
  headers["x-forwarded-for"] = before ? `${String(before)}, ${client}` : client
  headers["x-forwarded-proto"] ??= "http"
  if (req.headers.host) headers["x-forwarded-host"] ??= req.headers.host
  // Node frames a body of unknown length by itself only for some methods.
  if (req.headers["transfer-encoding"]) headers["transfer-encoding"] = "chunked"
  return headers
}

/** The application's headers, repeated ones kept apart, as name, value, name, value. */
export function responseHeaders(answer: IncomingMessage, servedVersion: string): string[] {
  const dropped = droppedNames(answer)
  const flat: string[] = []
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    const name = answer.rawHeaders[i] ?? ""
    if (!dropped.has(name.toLowerCase())) flat.push(name, answer.rawHeaders[i + 1] ?? "")
  }
  flat.push("X-Served-Version", headerSafe(servedVersion))
  return flat
}

export function headerSafe(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "?")
}

function droppedNames(message: IncomingMessage): Set<string> {
  const named = (message.headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase())
  return new Set([...HOP_BY_HOP, ...named])
}
