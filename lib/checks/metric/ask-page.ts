import { setTimeout as sleep } from "node:timers/promises"
import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged, short } from "../answer"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { type CheckPorts, type CheckResult, type Expectation, HttpFault } from "../ports"
import { shortPrintable } from "../printable"
import type { MetricConfig } from "./config-schema"
import { saySample } from "./in-words"
import { expectedOf, isWithin, limitOf } from "./judge-number"
import { type ExpositionSample, parseExposition } from "./parse-exposition"

const EVERY_MS = 1_000
const USUAL_TIMEOUT_MS = 10_000

/** What one look at the page found. `known` is a finding; where it is `unclear` the config does not say what is meant. */
type Look =
  | { known: Expectation; value?: number; matching: ExpositionSample[] }
  | { unclear: string; matching: ExpositionSample[] }

/** Reads a sample of a metrics page; again each second, where it may take a while. */
export async function askPage(config: MetricConfig, url: string, ports: CheckPorts): Promise<CheckResult> {
  const { eventually } = config
  const beganMs = ports.nowMs()
  const patienceMs = eventually ? Math.min(checkDurationMs(eventually), ports.timeoutMs) : 0
  const deadlineMs = beganMs + (eventually ? patienceMs : ports.timeoutMs)
  const within = eventually ? ` within ${sayDuration(checkDurationMs(eventually))}` : ""
  let looked: Look
  for (let looks = 1; ; looks += 1) {
    const leftMs = Math.max(1, Math.floor(deadlineMs - ports.nowMs()))
    looked = await look(config, url, ports, Math.min(leftMs, timeLimitMs(config.timeout, USUAL_TIMEOUT_MS, leftMs)))
    const isDone = "unclear" in looked || looked.known.ok
    ports.log("info", `${"unclear" in looked ? looked.unclear : `${looked.known.what}: ${looked.known.actual}`}\n`)
    if (isDone || ports.nowMs() - beganMs + EVERY_MS > patienceMs) {
      return conclude(config, looked, within, looks > 1 ? ` after ${sayDuration(ports.nowMs() - beganMs)}` : "")
    }
    await sleep(EVERY_MS, undefined, { signal: ports.signal })
  }
}

function conclude(config: MetricConfig, looked: Look, within: string, after: string): CheckResult {
  const blocks = showMatching(looked.matching)
  if ("unclear" in looked) return errored(looked.unclear, blocks)
  const { known, value } = looked
  const expectation = { ...known, expected: `${known.expected}${within}`, actual: `${known.actual}${after}` }
  const drawn: EvidenceBlock[] =
    value !== undefined && Number.isFinite(value)
      ? [
          {
            ...{ type: "metric", label: config.name ?? "", value, unit: "", ...limitOf(config.is) },
            verdict: known.ok ? "good" : "bad",
          },
        ]
      : []
  return judged([expectation], [...drawn, ...blocks], { passed: `${known.what} is ${known.actual}` })
}

async function look(config: MetricConfig, url: string, ports: CheckPorts, timeoutMs: number): Promise<Look> {
  const { name = "", labels = {}, is, headers } = config
  const which = saySample(name, labels)
  const finding = (what: string, expected: string, actual: string): Look => ({
    known: { what, expected, actual, ok: false, volatile: true },
    matching: [],
  })
  let body: string
  try {
    const answer = await ports.http({ url, timeoutMs, ...(headers ? { headers } : {}) })
    if (answer.status < 200 || answer.status > 299) return finding("Metrics page", "2xx", String(answer.status))
    body = answer.body
  } catch (error) {
    if (!(error instanceof HttpFault) || error.reason === "refused" || error.reason === "invalid") throw error
    return finding("Metrics page", "an answer", error.message)
  }
  let samples: ExpositionSample[]
  try {
    samples = parseExposition(body)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return finding("Metrics page", "Prometheus' text format", shortPrintable(words))
  }
  const matching = samples.filter((sample) => fits(sample, name, labels))
  if (matching.length === 0) {
    return finding(which, expectedOf(is), `not on the page, which has ${samples.length} samples`)
  }
  const value = aggregated(matching, config.aggregate)
  if (value === null) {
    return { unclear: `${matching.length} samples are ${which}: name more \`labels\`, or say \`aggregate\``, matching }
  }
  const expectation = { what: which, expected: expectedOf(is), actual: String(value), ok: isWithin(is, value) }
  return { known: { ...expectation, volatile: true }, value, matching }
}

function fits(sample: ExpositionSample, name: string, labels: Record<string, string>): boolean {
  return sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels.get(label) === value)
}

/** Null: several, and nothing says what becomes of them. */
function aggregated(samples: readonly ExpositionSample[], aggregate: MetricConfig["aggregate"]): number | null {
  const values = samples.map(({ value }) => value)
  if (aggregate === undefined) return values.length === 1 ? (values[0] ?? null) : null
  if (aggregate === "sum") return values.reduce((sum, value) => sum + value, 0)
  return values.reduce((one, other) => (aggregate === "max" ? Math.max(one, other) : Math.min(one, other)))
}

function showMatching(matching: readonly ExpositionSample[]): EvidenceBlock[] {
  if (matching.length === 0) return []
  const rows = matching
    .slice(0, 50)
    .map(({ name, labels, value }) => [short(saySample(name, Object.fromEntries(labels)), 300), String(value)])
  return [{ type: "table", title: "Samples", columns: ["Sample", "Value"], rows }]
}
