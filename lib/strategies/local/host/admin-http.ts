import { timingSafeEqual } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { z } from "zod"
import { HostProblem, invalidBody } from "./problem"

const MAX_BODY_BYTES = 1024 * 1024
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/** Throws unless the caller may use the API. The host name is checked because a web page can be made to call loopback. */
export function checkCaller(req: IncomingMessage, adminToken: string | undefined): void {
  if (!LOOPBACK_HOST.test(req.headers.host ?? ""))
    throw new HostProblem("forbidden", "The Host header must be a loopback name")
  if (adminToken === undefined) return
  const expected = Buffer.from(`Bearer ${adminToken}`)
  const given = Buffer.from(req.headers.authorization ?? "")
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new HostProblem("unauthorised", "The Authorization header holds no valid bearer token")
  }
}

/** The body as the schema wants it. Throws a problem that names the fields that do not fit. */
export async function readBody<S extends z.ZodType>(req: IncomingMessage, schema: S): Promise<z.output<S>> {
  if (!(req.headers["content-type"] ?? "").startsWith("application/json")) {
    const message = "must be application/json"
    throw new HostProblem("invalid", `Content-Type ${message}`, [{ field: "content-type", message }])
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new HostProblem("too_large", `The body is larger than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  const parsed = schema.safeParse(parseJson(Buffer.concat(chunks).toString("utf8")))
  if (!parsed.success) throw invalidBody(parsed.error)
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HostProblem("invalid", "The body is not JSON", [{ field: "body", message: "is not JSON" }])
  }
}

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body))
  res.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": bytes.length,
    "Cache-Control": "no-store",
    ...headers,
  })
  res.end(bytes)
}

export function sendProblem(req: IncomingMessage, res: ServerResponse, error: unknown, allow: string[] = []): void {
  const problem = error instanceof HostProblem ? error : new HostProblem("internal", String(error))
  sendJson(res, problem.problem.status, problem.problem, {
    "Content-Type": "application/problem+json",
    ...(problem.problem.code === "unauthorised" ? { "WWW-Authenticate": "Bearer" } : {}),
    ...(allow.length > 0 ? { Allow: allow.join(", ") } : {}),
    // A body that was refused is not read to its end.
    ...(req.complete ? {} : { Connection: "close" }),
  })
}
