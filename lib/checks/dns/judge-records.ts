import { isIPv6 } from "node:net"
import { short } from "../answer"
import { checkDurationMs, sayDuration } from "../duration"
import { allTexts } from "../pattern"
import type { Expectation, PatternAnswer } from "../ports"
import type { DnsRecord } from "./ask-records"
import type { DnsConfig, DnsType } from "./definition"

type Match = (pattern: string, text: string) => PatternAnswer

/** `records` is empty where there are none; `none` says so in words. */
export function judgeRecords({ name, type, expect }: DnsConfig, records: DnsRecord[], none: string, match: Match) {
  const what = `${type} of ${name}`
  const texts = records.map(({ text }) => canonical(type, text))
  const found = texts.length > 0 ? short(texts.sort().join(", ")) : none
  const judge = (expected: string, ok: boolean, actual = found): Expectation => ({ what, expected, actual, ok })
  const expectations: Expectation[] = []
  if (expect.exists === false) return [judge("no record", records.length === 0)]
  if (expect.equals !== undefined) {
    const wanted = [...new Set(allTexts(expect.equals).map((text) => canonical(type, text)))].sort()
    const ok = JSON.stringify(wanted) === JSON.stringify([...new Set(texts)])
    expectations.push(judge(`exactly ${short(wanted.join(", "))}`, ok))
  }
  for (const text of allTexts(expect.contains)) {
    const ok = texts.includes(canonical(type, text))
    // The others may be different ones every time.
    expectations.push({ ...judge(`contains ${short(text)}`, ok, ok ? "contains it" : found), volatile: true })
  }
  if (expect.matches !== undefined) expectations.push(judgeMatches(what, expect.matches, texts, found, match))
  const least = expect.atLeast ?? (expectations.length === 0 ? 1 : undefined)
  if (least !== undefined) {
    const [expected, actual] = [`at least ${least}`, texts.length > 0 ? `${texts.length}: ${found}` : none]
    expectations.push({ ...judge(expected, texts.length >= least, actual), volatile: true })
  }
  return [...expectations, ...judgeTtl(expect, records, none)]
}

function judgeMatches(what: string, pattern: string, texts: string[], found: string, match: Match): Expectation {
  const expected = `one matches ${pattern}`
  for (const text of texts) {
    const answer = match(pattern, text)
    if ("error" in answer) return { what, expected, actual: answer.error, ok: false }
    if (answer.matched) return { what, expected, actual: short(text), ok: true, volatile: true }
  }
  return { what, expected, actual: found, ok: false, volatile: true }
}

/** Caches count down what they remember, so the figure is never twice the same. */
function judgeTtl({ ttlBelow, ttlAbove }: DnsConfig["expect"], records: DnsRecord[], none: string): Expectation[] {
  const ttls = records.flatMap(({ ttlS }) => (ttlS === null ? [] : [ttlS * 1_000]))
  const judge = (expected: string, ttlMs: number | null, ok: boolean): Expectation => {
    const actual = ttlMs === null ? none : sayDuration(ttlMs)
    return { what: "Remembered for (TTL)", expected, actual, ok: ttlMs !== null && ok, volatile: true }
  }
  const [longest, shortest] = ttls.length > 0 ? [Math.max(...ttls), Math.min(...ttls)] : [null, null]
  const [below, above] = [ttlBelow, ttlAbove].map((text) => (text ? checkDurationMs(text) : null))
  return [
    ...(below ? [judge(`below ${sayDuration(below)}`, longest, (longest ?? 0) < below)] : []),
    ...(above ? [judge(`above ${sayDuration(above)}`, shortest, (shortest ?? 0) > above)] : []),
  ]
}

/** Two spellings of the same answer are the same: case, the last dot, zeros of an address, quotes of a value. */
export function canonical(type: DnsType, text: string): string {
  if (type === "TXT") return text
  const words = text.trim().split(/\s+/)
  if (type === "CAA") {
    const [flags = "", tag = "", ...value] = words
    return [flags, tag.toLowerCase(), value.join(" ").replace(/^"(.*)"$/, "$1")].join(" ")
  }
  const plain = words.join(" ").toLowerCase()
  if (type === "AAAA" && isIPv6(plain)) return new URL(`http://[${plain}]`).hostname.slice(1, -1)
  return plain.replace(/(?<=[^.\s])\.$/, "")
}
