import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { CheckPorts, Expectation, HttpAnswer, HttpRequest } from "../ports"
import { HttpFault } from "../ports"
import type { HttpConfig } from "./config-schema"
import { asksPreflight } from "./describe-config"
import { judgePreflight, judgeRefusal } from "./judge-cors"
import { headerOf } from "./judge-headers"
import { tlsOf, withQuery } from "./make-request"
import { showHeaders } from "./show-answer"
import { showRequest } from "./show-request"

type Judged = { expectations: Expectation[]; blocks: EvidenceBlock[] }

/** Asks as a browser does before it sends a request of a page of another origin. Rejects with what is no finding. */
export async function runPreflight(config: HttpConfig, ports: CheckPorts, timeoutMs: number): Promise<Judged> {
  const { cors } = config.expect
  if (!cors || !asksPreflight(cors)) return { expectations: [], blocks: [] }
  const asked = headerOf(config.headers, "access-control-request-method") ?? "GET"
  const method = (cors.method ?? (config.method === "OPTIONS" ? asked : config.method)).toUpperCase()
  const request = (origin: string): HttpRequest => ({
    ...{ url: withQuery(config.url, config.query), method: "OPTIONS", timeoutMs, followRedirects: 0 },
    headers: preflightHeaders(config, origin, method, cors.headers ?? []),
    ...tlsOf(config.tls),
  })
  const own = await ask(request(cors.origin), ports, "CORS preflight", (answer) => judgePreflight(cors, method, answer))
  if (!cors.notOrigin) return own
  const { notOrigin } = cors
  const foreign = await ask(request(notOrigin), ports, "CORS preflight of a foreign origin", (answer) => [
    judgeRefusal(notOrigin, answer),
  ])
  return {
    expectations: [...own.expectations, ...foreign.expectations],
    blocks: [...own.blocks, ...foreign.blocks],
  }
}

async function ask(
  request: HttpRequest,
  ports: CheckPorts,
  title: string,
  judge: (answer: HttpAnswer) => Expectation[],
): Promise<Judged> {
  ports.log("info", `OPTIONS ${request.url} from ${request.headers?.Origin}\n`)
  const sent = showRequest(request, title)
  try {
    const answer = await ports.http(request)
    ports.log("info", `${answer.status} in ${answer.tookMs} ms\n`)
    const blocks = [sent, showHeaders(answer.headers, `Headers of the answer: ${title}`)]
    return { expectations: judge(answer), blocks }
  } catch (error) {
    if (!(error instanceof HttpFault) || error.reason === "refused" || error.reason === "invalid") throw error
    ports.log("err", `${error.message}\n`)
    const expectation = {
      what: title,
      expected: "an answer",
      actual: error.message,
      ok: false,
      volatile: true as const,
    }
    return { expectations: [expectation], blocks: [sent] }
  }
}

/** Browsers send no credentials here. What else is set may be what lets a request through to the service. */
function preflightHeaders(config: HttpConfig, origin: string, method: string, names: string[]): Record<string, string> {
  const left = Object.entries(config.headers ?? {}).filter(([name]) => !NOT_IN_PREFLIGHT.test(name))
  return {
    ...Object.fromEntries(left),
    Origin: origin,
    "Access-Control-Request-Method": method,
    ...(names.length > 0
      ? {
          "Access-Control-Request-Headers": names
            .map((name) => name.toLowerCase())
            .sort()
            .join(","),
        }
      : {}),
  }
}

const NOT_IN_PREFLIGHT = /^(origin|authorization|cookie|content-.*|access-control-.*)$/i
