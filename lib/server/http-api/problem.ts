import type { Refusal, RefusalCode } from "@/lib/domain/release/decision"

const STATUS: Record<RefusalCode, number> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 409,
  not_ready: 409,
  invalid: 422,
  rate_limited: 429,
  too_large: 413,
}

const TITLE: Record<RefusalCode, string> = {
  bad_request: "The request cannot be read",
  unauthenticated: "Nobody is signed in",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "Not possible at the moment",
  stale: "Somebody else changed it first",
  not_ready: "The release is not ready",
  invalid: "The input is not valid",
  rate_limited: "Too many attempts",
  too_large: "The request is too large",
}

/** The one place where a refusal becomes HTTP (RFC 9457). What the refusal carries besides stands beside `detail`. */
export function problemBody(refusal: Refusal): Record<string, unknown> & { status: number } {
  const { errors, ...detail } = refusal.detail ?? {}
  const status = STATUS[refusal.code]
  const listed = errors ?? (refusal.field ? [{ field: refusal.field, message: refusal.message }] : undefined)
  return {
    ...detail,
    type: `urn:golive:problem:${refusal.code}`,
    title: TITLE[refusal.code],
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(listed ? { errors: listed } : {}),
  }
}

export function problemResponse(refusal: Refusal, requestId: string): Response {
  const body = problemBody(refusal)
  const headers = new Headers({ "content-type": "application/problem+json; charset=utf-8", "x-request-id": requestId })
  headers.set("cache-control", "no-store")
  if (refusal.code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="golive"')
  const retryAfterMs = refusal.detail?.retryAfterMs
  if (typeof retryAfterMs === "number") headers.set("retry-after", String(Math.ceil(retryAfterMs / 1_000)))
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** What nobody foresaw: the reason goes to the log under the request's id, not to the caller. */
export function failureResponse(requestId: string, status: 500 | 503): Response {
  const body = {
    type: `urn:golive:problem:${status === 503 ? "unavailable" : "internal"}`,
    title: status === 503 ? "The console cannot reach its database" : "Something went wrong",
    status,
    code: status === 503 ? "unavailable" : "internal",
    detail: `Request ${requestId} failed. Nothing is known to have been changed; look at the current state before trying again.`,
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      "x-request-id": requestId,
    },
  })
}
