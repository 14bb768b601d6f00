import type { SecureVersion } from "node:tls"
import { Agent, type Dispatcher, request } from "undici"
import { sayDuration } from "@/lib/checks/duration"
import { type GuardedHttp, type HttpAnswer, HttpFault, type HttpRequest } from "@/lib/checks/ports"
import { faultOf } from "./fault-words"
import { guardedLookup, type Resolve } from "./guarded-lookup"
import { fencedHeaders, fencedUrl, headersForHop } from "./request-fence"

const BODY_LIMIT_BYTES = 5 * 1024 * 1024
const REDIRECTS = new Set([301, 302, 303, 307, 308])

interface Options {
  allowPrivateNetwork: boolean
  signal: AbortSignal
  /** How names become addresses; the system's way if left out. */
  resolve?: Resolve
}

/**
 * HTTP for addresses that people write down. The fence stands where the socket opens, at every hop; each request has
 * connections of its own, so that nothing is left from one that was let through before.
 */
export function createGuardedHttp({ allowPrivateNetwork, signal, resolve }: Options): GuardedHttp {
  return async (wanted) => {
    signal.throwIfAborted()
    const { timeoutMs } = wanted
    const agent = new Agent({
      connect: { ...tlsOf(wanted), lookup: guardedLookup(allowPrivateNetwork, resolve), timeout: timeoutMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const ended = new AbortController()
    let late = false
    const stop = () => ended.abort(signal.reason)
    signal.addEventListener("abort", stop, { once: true })
    const timer = setTimeout(() => {
      late = true
      ended.abort()
    }, timeoutMs)
    try {
      return await follow(wanted, { agent, signal: ended.signal, allowPrivateNetwork })
    } catch (error) {
      signal.throwIfAborted()
      if (late) throw new HttpFault("timeout", `no complete answer within ${sayDuration(timeoutMs)}`, { cause: error })
      throw faultOf(error)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener("abort", stop)
      // Not waited for: a peer that never closes its side would hold the answer back.
      void agent.destroy().catch(() => undefined)
    }
  }
}

function tlsOf({ tls }: HttpRequest): {
  ca?: string
  servername?: string
  rejectUnauthorized?: false
  minVersion?: SecureVersion
  cert?: string
  key?: string
} {
  if (!tls) return {}
  const { caPem: ca, servername, minVersion, allowInvalid, certPem: cert, keyPem: key } = tls
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(allowInvalid ? { rejectUnauthorized: false as const } : {}),
  }
}

type Means = { agent: Agent; signal: AbortSignal; allowPrivateNetwork: boolean }

async function follow(wanted: HttpRequest, means: Means): Promise<HttpAnswer> {
  const beganMs = performance.now()
  const mostRedirects = wanted.followRedirects ?? 0
  const redirects: string[] = []
  let url = fencedUrl(wanted.url, undefined, means.allowPrivateNetwork)
  let method = (wanted.method ?? "GET") as Dispatcher.HttpMethod
  let body = wanted.body
  let headers = fencedHeaders(wanted.headers ?? {})
  for (;;) {
    const { status, headers: answered, body: text } = await once(url, { method, headers, body }, means)
    const { location } = answered
    if (mostRedirects === 0 || !location || !REDIRECTS.has(status)) {
      const tookMs = Math.round(performance.now() - beganMs)
      return { status, headers: answered, body: text, url: url.href, redirects, tookMs }
    }
    if (redirects.length === mostRedirects) {
      throw new HttpFault(
        "redirects",
        `more than ${mostRedirects} redirects, the last one to ${location.slice(0, 200)}`,
      )
    }
    const next = fencedUrl(location, url.href, means.allowPrivateNetwork)
    headers = headersForHop(headers, url, next)
    if (status === 303 || (status <= 302 && method === "POST")) {
      if (method !== "HEAD") method = "GET"
      body = undefined
    } else if (body !== undefined && next.origin !== url.origin) {
      throw new HttpFault("refused", `a redirect would send the body to another origin, ${next.origin}`)
    }
    url = next
    redirects.push(url.href)
  }
}

async function once(
  url: URL,
  { method, headers, body }: { method: Dispatcher.HttpMethod; headers: Record<string, string>; body?: string },
  { agent, signal }: Means,
): Promise<Pick<HttpAnswer, "status" | "headers" | "body">> {
  const answer = await request(url, {
    method,
    dispatcher: agent,
    signal,
    body: body ?? null,
    headers: { "user-agent": "golive", accept: "*/*", ...headers },
  })
  const answered = plainHeaders(answer.headers)
  return { status: answer.statusCode, headers: answered, body: await readText(answer.body, answered["content-type"]) }
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]],
    ),
  )
}

async function readText(body: AsyncIterable<Buffer>, contentType = ""): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > BODY_LIMIT_BYTES) {
      throw new HttpFault("too_large", `the answer is larger than ${BODY_LIMIT_BYTES / 1024 / 1024} MB`)
    }
    chunks.push(chunk)
  }
  return decoder(contentType).decode(Buffer.concat(chunks))
}

function decoder(contentType: string): TextDecoder {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8"
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
