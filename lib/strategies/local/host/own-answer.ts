import type { IncomingMessage, ServerResponse } from "node:http"
import { headerSafe } from "./proxy-headers"

type OwnAnswer = {
  status: 502 | 503
  error: "maintenance" | "no_live_version" | "not_ready" | "bad_gateway"
  title: string
  message: string
  retryAfterS: number
  servedVersion?: string
}

/** An answer of the proxy itself: a page for browsers, JSON for everything under `/api/` and for other clients. */
export function answerItself(req: IncomingMessage, res: ServerResponse, answer: OwnAnswer): void {
  const html = wantsHtml(req)
  const body = html ? page(answer) : JSON.stringify({ error: answer.error, message: answer.message })
  // The rest of an upload is not read, so the connection cannot be used again.
  const unread = !req.complete && hasBody(req)
  res.writeHead(answer.status, {
    "Content-Type": html ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "Retry-After": String(answer.retryAfterS),
    ...(answer.servedVersion ? { "X-Served-Version": headerSafe(answer.servedVersion) } : {}),
    ...(unread ? { Connection: "close" } : {}),
  })
  res.end(req.method === "HEAD" ? undefined : body)
  if (unread) req.resume()
}

export function hasBody(req: IncomingMessage): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0
}

function wantsHtml(req: IncomingMessage): boolean {
  const path = req.url ?? "/"
  return !path.startsWith("/api/") && path !== "/api" && (req.headers.accept ?? "").includes("text/html")
}

function page({ title, message }: OwnAnswer): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 32rem; padding: 2rem; text-align: center; }
h1 { font-size: 1.5rem; }
</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p></main></body>
</html>
`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
