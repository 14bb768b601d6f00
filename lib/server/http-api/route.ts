import { randomUUID } from "node:crypto"
import type { Refusal } from "@/lib/domain/release/decision"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { log } from "@/lib/server/log"
import type { Result } from "@/lib/server/result"
import { isDatabaseAway } from "./database-away"
import { claimKey, freeKey, keepAnswer, keyIsTaken, requestMeaning } from "./idempotency"
import { incomingBody } from "./incoming-body"
import { lastAnswer } from "./last-answer"
import { failureResponse, problemBody, problemResponse } from "./problem"
import { readJsonBody } from "./read-body"
import { resolveCaller } from "./resolve-caller"
import { isSameOrigin } from "./same-origin"
import { uploadOnce } from "./upload-once"

export interface Call<P> {
  ctx: Context
  params: P
  query: Record<string, string>
  /** The parsed JSON body; `undefined` when there is none, and for uploads. */
  body: unknown
  /** The body as it comes, for uploads; empty for all others. */
  upload: ReadableStream<Uint8Array>
  request: Request
  requestId: string
}

/** A value is answered as JSON; a Response as it is (streams, downloads). */
type Handle<P> = (call: Call<P>) => Promise<Result<unknown> | Response>

interface RouteOptions {
  /** The status of a success. */
  status?: 200 | 201 | 202
  /** The answer holds a secret that is shown once: it is not kept for repeats. */
  secret?: boolean
  /** Answers also where nobody is signed in; the verb decides. */
  open?: boolean
  /** The body is a file: the verb reads it, and no JSON is read. */
  upload?: boolean
}

type NextRoute<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>

/**
 * A route handler: who asks, may their browser ask it, what is in the body; then one verb; then its answer or refusal as
 * HTTP. Nothing that is thrown reaches the caller.
 */
export function route<P = Record<string, never>>(handle: Handle<P>, options: RouteOptions = {}): NextRoute<P> {
  return async (request, { params }) => {
    const requestId = randomUUID()
    const began = performance.now()
    let response: Response
    try {
      response = await answer(request, await params, handle, { ...options, requestId })
    } catch (error) {
      const away = isDatabaseAway(error)
      log.error({ err: error, requestId, path: new URL(request.url).pathname }, "a request failed")
      response = failureResponse(requestId, away ? 503 : 500)
    }
    log.debug(
      {
        requestId,
        method: request.method,
        path: new URL(request.url).pathname,
        status: response.status,
        tookMs: Math.round(performance.now() - began),
      },
      "request",
    )
    return response
  }
}

async function answer<P>(
  request: Request,
  params: P,
  handle: Handle<P>,
  options: RouteOptions & { requestId: string },
): Promise<Response> {
  const { requestId } = options
  const refuse = (refusal: Refusal) => problemResponse(refusal, requestId)
  const caller = await resolveCaller(request)
  if (!caller.ok) return refuse(caller.refusal)
  const { ctx } = caller
  const writes = request.method !== "GET" && request.method !== "HEAD"
  if (!ctx.person && !options.open) return refuse({ code: "unauthenticated", message: "Sign in first." })
  if (writes && caller.by !== "token" && !isSameOrigin(request)) {
    if (ctx.person) {
      const data = { path: new URL(request.url).pathname, origin: request.headers.get("origin") }
      await recordSecurityEvent({ type: "access.cross_origin", userId: ctx.person.id, address: ctx.address, data })
    }
    return refuse({ code: "forbidden", message: "This request does not come from the console's own pages." })
  }
  const key = request.method === "POST" ? request.headers.get("idempotency-key") : null
  if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    return refuse({ code: "bad_request", message: "An Idempotency-Key has 1 to 200 printable ASCII characters." })
  }
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const call = { ctx, params, query, request, requestId }
  const respond = (outcome: Result<unknown> | Response) => toResponse(outcome, options)
  if (options.upload) {
    const incoming = incomingBody(request)
    const act = () => handle({ ...call, body: undefined, upload: incoming.stream })
    const outcome =
      key === null || !ctx.person
        ? await act()
        : await uploadOnce({ userId: ctx.person.id, key, request, incoming, act })
    return incoming.ended() ? respond(outcome) : lastAnswer(request, respond(outcome))
  }
  const body = writes ? await readJsonBody(request) : ({ ok: true, value: undefined, text: "" } as const)
  if (!body.ok)
    return body.refusal.code === "too_large" ? lastAnswer(request, refuse(body.refusal)) : refuse(body.refusal)
  const act = () => handle({ ...call, body: body.value, upload: new Blob([]).stream() })
  if (key === null || !ctx.person) return respond(await act())
  return once(ctx.person.id, key, requestMeaning(request, body.text), act, options)
}

async function once(
  userId: string,
  key: string,
  meaning: string,
  act: () => Promise<Result<unknown> | Response>,
  options: RouteOptions & { requestId: string },
): Promise<Response> {
  const claim = await claimKey(userId, key, meaning)
  if (claim.kind === "other_meaning" || claim.kind === "under_way") {
    return problemResponse(keyIsTaken(claim.kind), options.requestId)
  }
  if (claim.kind === "answered") return jsonResponse(claim.answer.body, claim.answer.status, options.requestId)
  try {
    const outcome = await act()
    if (outcome instanceof Response) {
      await freeKey(userId, key)
      return outcome
    }
    const status = outcome.ok ? (options.status ?? 200) : problemBody(outcome.refusal).status
    // Secrets stay out of the database; "not now" and "who are you" may be different the next time.
    if (status === 401 || status === 429 || (options.secret && outcome.ok)) await freeKey(userId, key)
    else await keepAnswer(userId, key, { status, body: outcome.ok ? outcome.value : problemBody(outcome.refusal) })
    return toResponse(outcome, options)
  } catch (error) {
    await freeKey(userId, key).catch(() => undefined)
    throw error
  }
}

function toResponse(outcome: Result<unknown> | Response, options: RouteOptions & { requestId: string }): Response {
  if (outcome instanceof Response) return outcome
  if (!outcome.ok) return problemResponse(outcome.refusal, options.requestId)
  return jsonResponse(outcome.value, options.status ?? 200, options.requestId)
}

function jsonResponse(value: unknown, status: number, requestId: string): Response {
  return new Response(JSON.stringify(value ?? null), {
    status,
    headers: {
      "content-type": status >= 400 ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
    },
  })
}
