import type { HttpRequest } from "../ports"
import type { HttpConfig } from "./config-schema"
import { asksPreflight } from "./describe-config"
import { headerOf } from "./judge-headers"
import { readAuthorities } from "./read-authorities"

type Parameters = NonNullable<HttpConfig["query"]>

/** The request that a config asks for. Throws an Error in words where its certificates cannot be read. */
export function makeRequest(config: HttpConfig, timeoutMs: number): HttpRequest {
  const { method, expect, followRedirects, query } = config
  const headers = { ...config.headers }
  if (config.auth) headers.Authorization = authorizationOf(config.auth)
  if (expect.cors && !asksPreflight(expect.cors) && headerOf(headers, "origin") === undefined) {
    headers.Origin = expect.cors.origin
  }
  const { body, contentType } = contentOf(config)
  if (contentType && headerOf(headers, "content-type") === undefined) headers["Content-Type"] = contentType
  return {
    ...{ url: withQuery(config.url, query), method, headers, timeoutMs, followRedirects },
    ...(body === undefined ? {} : { body }),
    ...tlsOf(config.tls),
  }
}

export function tlsOf(tls: HttpConfig["tls"]): Pick<HttpRequest, "tls"> {
  if (!tls) return {}
  const { ca, servername, minVersion, allowInvalid } = tls
  return {
    tls: {
      ...(ca === undefined ? {} : { caPem: readAuthorities(ca) }),
      ...(servername === undefined ? {} : { servername }),
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(allowInvalid ? { allowInvalid: true as const } : {}),
    },
  }
}

export function withQuery(url: string, query: Parameters | undefined): string {
  if (!query || !URL.canParse(url)) return url
  const whole = new URL(url)
  for (const [name, value] of pairsOf(query)) whole.searchParams.append(name, value)
  return whole.href
}

function authorizationOf(auth: NonNullable<HttpConfig["auth"]>): string {
  if ("bearer" in auth) return `Bearer ${auth.bearer}`
  const { user, password } = auth.basic
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`
}

function contentOf({ body, form }: HttpConfig): { body?: string; contentType?: string } {
  if (form) {
    return { body: new URLSearchParams(pairsOf(form)).toString(), contentType: "application/x-www-form-urlencoded" }
  }
  if (body === undefined || typeof body === "string") return { body }
  return { body: JSON.stringify(body), contentType: "application/json" }
}

function pairsOf(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
}
