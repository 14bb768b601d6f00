import { type HttpConfig, httpConfigSchema, MOST_AT_ONCE } from "@/lib/checks/http/config-schema"
import { type AnswerExpectation, STANDARD_HEADERS, type StatusExpectation } from "@/lib/checks/http/expect-schema"
import { quote } from "./shell-quote"

const SECURITY: Record<string, string> = { hsts: "strict-transport-security", csp: "content-security-policy" }

/**
 * A request, or many, and what is expected, as a line of curl and grep. Each answer becomes one line, so that every
 * expectation is a filter and what is left is counted. Throws where that is not enough.
 */
export function curlLine(raw: unknown): string {
  const config = httpConfigSchema.parse(raw)
  const { cors, ...expect } = config.expect
  if (cors) return preflights(config, cors)
  if (!config.load) return `test "$(${curl(config)} ${filters(expect)} | wc -l)" -eq 1`
  const { requests, concurrency, all, some } = config.load
  const send = `seq ${requests} | xargs -P ${Math.min(requests, concurrency ?? MOST_AT_ONCE)} -I{} sh -c ${quote(curl(config))}`
  const counts = [
    ...(all || !some ? [`test "$(printf '%s\\n' "$answers" ${filters(all ?? {})} | wc -l)" -eq ${requests}`] : []),
    ...(some ? [`test "$(printf '%s\\n' "$answers" ${filters(some)} | wc -l)" -ge 1`] : []),
  ]
  return [`answers="$(${send})"`, ...counts].join(" && ")
}

function curl({ url, method, headers, body, form, auth, query }: HttpConfig): string {
  if (form || auth || query) throw new Error("a plain script sends no forms, credentials or queries")
  const sent = Object.entries(headers ?? {}).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  const data = body === undefined ? [] : [`--data ${quote(typeof body === "string" ? body : JSON.stringify(body))}`]
  const line = ["curl -sS -i", `-X ${method}`, ...sent, ...data, quote(url)].join(" ")
  // Written at once, so that the answers of many do not get mixed up.
  return `answer="$(${line} | tr -d '\\r' | tr '\\n' ' ')"; printf '%s\\n' "$answer"`
}

function filters({ status, headers, securityHeaders, json, ...others }: AnswerExpectation): string {
  const rest = Object.entries(others).filter(([, value]) => value !== undefined)
  if (rest.length > 0) throw new Error(`a plain script cannot expect ${rest.map(([name]) => name).join(", ")}`)
  const names = securityHeaders === "standard" ? STANDARD_HEADERS : (securityHeaders ?? [])
  return [
    `| grep -P ${quote(`^HTTP/[0-9.]+ ${statusPattern(status)} `)}`,
    ...names.map((name) => `| grep -iF ${quote(`${SECURITY[name] ?? name}: `)}`),
    ...Object.entries(headers ?? {}).map(
      ([name, wanted]) => `| grep -iP ${quote(` ${name}: ${valuePattern(wanted)}`)}`,
    ),
    ...Object.entries(json ?? {}).map(([path, wanted]) => `| grep -F ${quote(jsonText(path, wanted))}`),
  ].join(" ")
}

function statusPattern(status: StatusExpectation | undefined): string {
  const one = status ?? "2xx"
  if (Array.isArray(one) || String(one).includes("-")) throw new Error("a plain script expects one status")
  return String(one).replace("xx", "..")
}

function valuePattern(wanted: NonNullable<AnswerExpectation["headers"]>[string]): string {
  if (typeof wanted === "string") return wanted
  if (wanted.absent) throw new Error("a plain script does not look for what is absent")
  return (wanted.matches ?? wanted.equals ?? "").replace(/^\^|\$$/g, "")
}

function jsonText(path: string, wanted: unknown): string {
  const [, name] = /^\$\.(\w+)$/.exec(path) ?? []
  if (!name || typeof wanted !== "string") throw new Error(`a plain script cannot look for ${path}`)
  return `"${name}":${JSON.stringify(wanted)}`
}

function preflights(config: HttpConfig, cors: NonNullable<HttpConfig["expect"]["cors"]>): string {
  const ask = (origin: string) => {
    const asked = {
      Origin: origin,
      "Access-Control-Request-Method": cors.method ?? config.method,
      ...(cors.headers ? { "Access-Control-Request-Headers": cors.headers.join(",") } : {}),
    }
    return curl({ ...config, method: "OPTIONS", headers: { ...config.headers, ...asked } })
  }
  const allowed = (origin: string) => `grep -iF ${quote(` access-control-allow-origin: ${origin} `)}`
  const also = [
    ...(cors.headers ?? []).map((name) => `| grep -iP ${quote(` access-control-allow-headers: [^:]*${name}`)}`),
    ...(cors.credentials ? [`| grep -iF ${quote(" access-control-allow-credentials: true ")}`] : []),
  ]
  return [
    `{ ${ask(cors.origin)}; } | grep -P '^HTTP/[0-9.]+ 2..' | ${allowed(cors.origin)} ${also.join(" ")}`,
    ...(cors.notOrigin ? [`! { ${ask(cors.notOrigin)}; } | ${allowed(cors.notOrigin)}`] : []),
  ].join(" && ")
}
