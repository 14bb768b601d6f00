import { short } from "../answer"
import { checkDurationMs } from "../duration"
import type { Expectation } from "../ports"
import type { LoadConfig } from "./config-schema"
import { judgeLatency } from "./judge-answer"
import type { ManyAnswers } from "./send-many"

export interface JudgedAnswer {
  status: number
  tookMs: number
  /** What was expected of every answer. */
  all: Expectation[]
  /** What was expected of at least one. */
  some: Expectation[]
}

export function judgeLoad(load: LoadConfig, sent: ManyAnswers<JudgedAnswer>): Expectation[] {
  const { requests, all, some, within, p50Below, p99Below } = load
  const times = sent.judged.map(({ tookMs }) => tookMs)
  const part = (limit: string, share: number, what: string): Expectation => {
    const ms = percentile(times, share)
    const expectation = judgeLatency(checkDurationMs(limit), ms ?? 0, what)
    return ms === null ? { ...expectation, actual: "no answer", ok: false } : expectation
  }
  return [
    ...(all || !some ? [judgeAnswered(requests, sent), ...judgeAll(sent.judged)] : []),
    ...(some ? [judgeSome(requests, sent)] : []),
    ...(within ? [judgeWithin(within, sent)] : []),
    ...(p50Below ? [part(p50Below, 0.5, "Latency p50")] : []),
    ...(p99Below ? [part(p99Below, 0.99, "Latency p99")] : []),
  ]
}

/** Nearest rank; null where there is nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** `29 × 200, 1 × 429`. */
export function countWords(words: readonly (string | number)[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(String(word), (counts.get(String(word)) ?? 0) + 1)
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || one.localeCompare(other))
    .map(([word, count]) => `${count} × ${word}`)
    .join(", ")
}

function judgeAnswered(requests: number, { judged, faults, unsent }: ManyAnswers<JudgedAnswer>): Expectation {
  const ok = judged.length === requests
  const left = unsent > 0 ? `${unsent} not sent in time` : ""
  const why = [short(countWords(faults), 150), left].filter(Boolean).join(", ")
  const actual = ok ? `all ${requests}` : `${judged.length} of ${requests}; ${why}`
  return { what: "Answers", expected: `all ${requests}`, actual, ok, ...(ok ? {} : { volatile: true }) }
}

function judgeAll(answers: readonly JudgedAnswer[]): Expectation[] {
  const [first] = answers
  return (first?.all ?? []).map(({ what, expected }, index) => {
    const each = answers.flatMap(({ all }) => all[index] ?? [])
    const bad = each.filter(({ ok }) => !ok)
    const actual = bad.length === 0 ? "so in all of them" : `${short(countWords(bad.map((one) => one.actual)))}`
    return {
      what: `${what} of all`,
      expected,
      actual,
      ok: bad.length === 0,
      ...(bad.length > 0 ? { volatile: true } : {}),
    }
  })
}

function judgeSome(requests: number, { judged, faults, unsent }: ManyAnswers<JudgedAnswer>): Expectation {
  const [first] = judged
  const expected = first ? first.some.map((one) => `${one.what} ${one.expected}`).join(", ") : "an answer"
  const good = judged.filter(({ some }) => some.every(({ ok }) => ok)).length
  const came = countWords([...judged.map(({ status }) => status), ...faults])
  const nearest = judged.toSorted((one, other) => badOf(one).length - badOf(other).length)[0]
  const partly = nearest && badOf(nearest).length < nearest.some.length
  const missed = partly
    ? `; nearest: ${badOf(nearest)
        .map((one) => `${one.what} ${one.actual}`)
        .join(", ")}`
    : ""
  const left = unsent > 0 ? `, ${unsent} not sent in time` : ""
  return {
    what: `At least one of ${requests}`,
    expected: short(expected),
    actual: good > 0 ? `${good} of ${judged.length} answers` : short(`none of ${came}${left}${missed}`),
    ok: good > 0,
    volatile: true,
  }
}

const badOf = ({ some }: JudgedAnswer) => some.filter(({ ok }) => !ok)

function judgeWithin(within: string, { tookMs, unsent }: ManyAnswers<JudgedAnswer>): Expectation {
  const expectation = judgeLatency(checkDurationMs(within), tookMs, "Time for all")
  return unsent === 0 ? expectation : { ...expectation, actual: `${unsent} not sent in time`, ok: false }
}
