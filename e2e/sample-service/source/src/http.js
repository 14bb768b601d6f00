const MAX_BODY_BYTES = 64 * 1024

/** Thrown by a handler to answer at once. */
export class Refusal extends Error {
  constructor(status, error, message, headers = {}) {
    super(message)
    this.answer = json(status, { error, message }, headers)
  }
}

export function json(status, body, headers = {}) {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  }
}

export function text(status, body, contentType) {
  return { status, headers: { "Content-Type": contentType }, body }
}

export function redirect(location) {
  return { status: 302, headers: { Location: location, "Cache-Control": "no-store" }, body: "" }
}

export function send(req, res, { status, headers, body }) {
  // A refused upload is not read to its end, so the connection cannot be used again.
  if (!req.complete && Number(req.headers["content-length"] ?? 0) > MAX_BODY_BYTES) headers.Connection = "close"
  const bytes = Buffer.from(body)
  if (status !== 204) headers["Content-Length"] = bytes.length
  res.writeHead(status, headers)
  res.end(req.method === "HEAD" ? undefined : bytes)
}

export async function readJson(req) {
  const chunks = []
  let size = 0
  for await (const chunk of req) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Refusal(413, "too_large", `The body is larger than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  try {
    const value = JSON.parse(Buffer.concat(chunks).toString("utf8"))
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value
  } catch {
    // Falls through to the one refusal for every body that is no JSON object.
  }
  throw new Refusal(400, "invalid_body", "The body must be a JSON object")
}

export function securityHeaders() {
  return {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'self'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
  }
}
