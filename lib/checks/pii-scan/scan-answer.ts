import { short } from "../answer"
import { sayDuration } from "../duration"
import { type CheckPorts, type Expectation, type HttpAnswer, HttpFault } from "../ports"
import type { PiiScanConfig } from "./definition"
import { Findings, withoutPersonalData } from "./findings"
import { type Looked, nothingIn } from "./sources"

const PART_CHARS = 64 * 1024
/** What says nothing of the log: the request may not be made, or the answer is more than is read. */
const UNKNOWN = ["refused", "invalid", "too_large"]

export async function scanAnswer(
  url: string,
  timeoutMs: number,
  config: PiiScanConfig,
  ports: CheckPorts,
): Promise<Looked> {
  const findings = new Findings(config, ports)
  const name = `the answer of ${withoutPersonalData(withoutQuery(url), config)}`
  const looked = (expectations: Expectation[], facts: Looked["facts"]): Looked => ({
    ...{ name, findings, expectations, facts, blocks: [], isVolatile: true },
  })
  const answer = await ask(url, timeoutMs, config, ports)
  if (typeof answer === "string") {
    return looked([{ what: "Answer", expected: "status 2xx", actual: answer, ok: false }], [])
  }
  const { status, body } = answer
  const ok = status >= 200 && status <= 299
  const expectations: Expectation[] = [{ what: "Answer", expected: "status 2xx", actual: `status ${status}`, ok }]
  const isText = await findings.read(null, inParts(body))
  if (ok && !isText) expectations.push(nothingIn("lines of a log", "an empty answer"))
  ports.log("info", `status ${status}, ${findings.lines} lines\n`)
  return looked(expectations, [
    { label: "Status", value: String(status) },
    { label: "Lines", value: findings.lines.toLocaleString("en-US") },
  ])
}

async function ask(
  url: string,
  timeoutMs: number,
  { headers }: PiiScanConfig,
  ports: CheckPorts,
): Promise<HttpAnswer | string> {
  try {
    return await ports.http({ url, headers, timeoutMs })
  } catch (error) {
    if (!(error instanceof HttpFault) || UNKNOWN.includes(error.reason)) throw error
    return error.reason === "timeout" ? `none within ${sayDuration(timeoutMs)}` : error.message
  }
}

/** Parts of a text, with a chance for others, and for a stop, between them. */
async function* inParts(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PART_CHARS) {
    yield text.slice(at, at + PART_CHARS)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return short(url, 60)
  const { origin, pathname } = new URL(url)
  return short(`${origin}${pathname}`, 120)
}
