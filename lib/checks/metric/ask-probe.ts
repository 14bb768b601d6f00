import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { metricTitles } from "@/lib/domain/metric/in-words"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"
import { errored, judged } from "../answer"
import { checkDurationMs, sayDuration } from "../duration"
import type { CheckPorts, CheckResult } from "../ports"
import { type MetricConfig, USUAL_FOR, USUAL_SAMPLES } from "./config-schema"
import { expectedOf, isWithin, limitOf, worstOf } from "./judge-number"

const MOST_ROWS = 60

/** Lets the environment's probe measure for a while. Every reading must be within the limit; too few say nothing. */
export async function askProbe(config: MetricConfig, metric: MetricName, ports: CheckPorts): Promise<CheckResult> {
  const { is } = config
  const expected = expectedOf(is)
  const forMs = checkDurationMs(config.for ?? USUAL_FOR)
  const least = config.minSamples ?? USUAL_SAMPLES
  if (forMs > ports.timeoutMs) {
    return errored(
      `Measuring for ${sayDuration(forMs)} does not fit into the ${sayDuration(ports.timeoutMs)} of this check`,
    )
  }
  const what = metricTitles[metric]
  ports.log("info", `Measuring ${metric} for ${sayDuration(forMs)}\n`)
  const samples = (await ports.measure(metric, forMs)).filter((sample) => sample.metric === metric)
  const values = samples.flatMap(readingOf)
  const failures = samples.filter(({ status }) => status === "error").length
  const counted = countReadings(samples.length, values.length, failures)
  ports.log("info", `${counted}\n`)
  const blocks = showReadings(config, samples)
  if (values.length === 0 && failures > 0 && failures === samples.length) {
    const unanswered = {
      what,
      expected,
      actual: `no reading: all ${failures} failed`,
      ok: false,
      volatile: true as const,
    }
    return judged([unanswered], blocks, { passed: "" })
  }
  if (values.length < least) {
    return errored(`Too little is known of “${what}”: ${counted}, at least ${least} are needed`, blocks)
  }
  const worst = worstOf(is, values) ?? Number.NaN
  const ok = values.every((value) => isWithin(is, value))
  const actual = `${rounded(worst)} at worst, of ${values.length} readings`
  const metricBlock: EvidenceBlock = {
    ...{ type: "metric", label: what, value: worst, unit: unitOf(metric), ...limitOf(is) },
    verdict: ok ? "good" : "bad",
  }
  return judged([{ what, expected, actual, ok, volatile: true }], [metricBlock, ...blocks], {
    passed: `${what} ${expected} in ${values.length} readings`,
  })
}

function readingOf({ status, value }: Sample): number[] {
  return status === "good" && value !== null && Number.isFinite(value) ? [value] : []
}

function countReadings(all: number, good: number, failed: number): string {
  const empty = all - good - failed
  const rest = [...(failed > 0 ? [`${failed} failed`] : []), ...(empty > 0 ? [`${empty} without data`] : [])]
  return [`${good} ${good === 1 ? "reading" : "readings"}`, ...rest].join(", ")
}

function showReadings({ is }: MetricConfig, samples: readonly Sample[]): EvidenceBlock[] {
  if (samples.length === 0) return []
  const shown = samples.slice(-MOST_ROWS)
  const rows = shown.map((sample) => {
    const [value] = readingOf(sample)
    const time = new Date(sample.atMs).toISOString().slice(11, 19)
    if (value === undefined) return [time, sample.status === "error" ? "failed" : "no data", ""]
    return [time, rounded(value), String(sample.count)]
  })
  const verdicts = shown.map((sample) => {
    const [value] = readingOf(sample)
    if (value === undefined) return "neutral" as const
    return isWithin(is, value) ? ("good" as const) : ("bad" as const)
  })
  const more = samples.length > shown.length ? `, the last ${shown.length} of ${samples.length}` : ""
  return [{ type: "table", title: `Readings${more}`, columns: ["Time (UTC)", "Value", "Requests"], rows, verdicts }]
}

function unitOf(metric: MetricName): string {
  return metric.endsWith("_p99") ? "ms" : metric === "request_rate" ? "/ s" : ""
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(6)))
}
