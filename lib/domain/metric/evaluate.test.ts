import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import { evaluateRule, isBad } from "./evaluate"
import { type MetricRule, metricNames, type Sample } from "./rule"
import { verdictOfWatch } from "./verdict-of-watch"

const rule: MetricRule = {
  metric: "error_rate",
  comparison: ">",
  limit: 0.05,
  unit: "ratio",
  forMs: 30_000,
  minSamples: 3,
  minRequests: 20,
  observeOnly: false,
}
const good = (atMs: number, value: number, count = 10): Sample => ({
  metric: "error_rate",
  atMs,
  status: "good",
  value,
  count,
})
const none = (atMs: number, status: "error" | "no_data"): Sample => ({
  metric: "error_rate",
  atMs,
  status,
  value: null,
  count: 0,
})
/** One sample every ten seconds from 10 s on; null: no data, "e": the source failed. */
const series = (...values: (number | null | "e")[]) =>
  values.map((value, i) => {
    const atMs = (i + 1) * 10_000
    return value === null ? none(atMs, "no_data") : value === "e" ? none(atMs, "error") : good(atMs, value)
  })
const judge = (samples: Sample[], more: Partial<MetricRule> = {}, nowMs = samples.at(-1)?.atMs ?? 0) =>
  evaluateRule({ ...rule, ...more }, samples, nowMs, { sinceMs: 0 })

describe("evaluateRule", () => {
  it.each([
    ["bad for the whole time", series(0.5, 0.5, 0.5, 0.5), "breached"],
    ["one evaluation short", series(0.5, 0.5, 0.5), "ok"],
    ["strict: at the limit is not over it", series(0.05, 0.05, 0.05, 0.05), "ok"],
    ["one good moment in between", series(0.5, 0.5, 0.01, 0.5, 0.5, 0.5), "ok"],
    ["bad long enough after a good moment", series(0.01, 0.5, 0.5, 0.5, 0.5), "breached"],
    ["one spike", series(0, 0, 1, 0, 0), "ok"],
    ["back to good", series(0.5, 0.5, 0.5, 0.5, 0), "ok"],
    ["no samples", [], "inconclusive"],
    ["no data", series(null, null, null, null, null), "inconclusive"],
    ["too few samples", series(null, 0.5, null, 0.5), "inconclusive"],
    ["missing in the middle neither breaches nor clears", series(0.5, 0.5, null, 0.5, 0.5), "breached"],
    ["missing at the end: nothing is breached", series(0.5, 0.5, 0.5, 0.5, null), "inconclusive"],
    ["four errors in a row", series(0.5, "e", "e", "e", "e"), "error"],
    ["three errors", series(0, 0, 0, "e", "e", "e"), "inconclusive"],
    ["not a number is no sample", series(Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, 0.5), "inconclusive"],
  ] as const)("%s", (_, samples, verdict) => {
    expect(judge([...samples]).verdict).toBe(verdict)
  })

  it("needs enough requests in the window", () => {
    const quiet = [1, 2, 3, 4].map((i) => good(i * 10_000, 0.5, 4))
    expect(judge(quiet)).toMatchObject({ verdict: "inconclusive", words: "16 of at least 20 requests." })
    expect(judge(quiet, { minRequests: 16 }).verdict).toBe("breached")
  })

  it("without a duration the newest sample decides", () => {
    const at = { forMs: 0, minSamples: 1, minRequests: 1 }
    expect(judge(series(0, 0, 0.5), at)).toMatchObject({ verdict: "breached", decidingSamples: [{ atMs: 30_000 }] })
    expect(judge(series(0.5, 0.5, 0), at).verdict).toBe("ok")
    expect(judge(series(0.5, null), at).verdict).toBe("inconclusive")
    expect(judge(series(0.5, 0.5), { ...at, minSamples: 3 }).verdict).toBe("inconclusive")
  })

  it("does not look before `sinceMs`, after now, or at other metrics", () => {
    const samples = series(0.5, 0.5, 0.5, 0.5, 0.5)
    expect(evaluateRule(rule, samples, 50_000, { sinceMs: 20_000 }).verdict).toBe("ok")
    expect(evaluateRule(rule, samples, 30_000, { sinceMs: 0 }).verdict).toBe("ok")
    const others = samples.map((sample) => ({ ...sample, metric: "uptime" }))
    expect(evaluateRule(rule, others, 50_000, { sinceMs: 0 }).verdict).toBe("inconclusive")
  })

  it("old data says nothing about now", () => {
    expect(judge(series(0.5, 0.5, 0.5, 0.5), {}, 70_000).verdict).toBe("breached")
    expect(judge(series(0.5, 0.5, 0.5, 0.5), {}, 70_001).verdict).toBe("inconclusive")
  })

  it("says since when it has been bad", () => {
    expect(judge(series(0, 0.5, 0.5)).breachingSinceMs).toBe(20_000)
    expect(judge(series(0.5, 0)).breachingSinceMs).toBeNull()
    expect(judge(series(0, 0.5, 0.5)).words).toBe("50 % now, Error rate > 5 % for 10 s of 30 s.")
    expect(judge(series(0.5, 0.5, 0.5, 0.5)).words).toBe("50 % now; Error rate > 5 % for 30 s.")
  })

  it.each([
    [">", [false, false, true]],
    [">=", [false, true, true]],
    ["<", [true, false, false]],
    ["<=", [true, true, false]],
  ] as const)("compares by %s as written", (comparison, expected) => {
    expect([1, 2, 3].map((value) => isBad({ comparison, limit: 2 }, value))).toEqual([...expected])
  })
})

const sample = fc.record({
  metric: fc.constantFrom("error_rate", "uptime"),
  atMs: fc.integer({ min: 0, max: 20 }).map((n) => n * 10_000),
  status: fc.constantFrom("good" as const, "good" as const, "good" as const, "error" as const, "no_data" as const),
  value: fc.constantFrom(0, 0.05, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
  count: fc.integer({ min: 0, max: 30 }),
})
const samplesOf = fc
  .uniqueArray(sample, { selector: ({ metric, atMs }) => `${metric} ${atMs}`, maxLength: 40 })
  .map((all) => all.map((each): Sample => (each.status === "good" ? each : { ...each, value: null, count: 0 })))
const ruleOf = fc.record({
  metric: fc.constantFrom(...metricNames.slice(1, 2)),
  comparison: fc.constantFrom(">" as const, ">" as const, ">=" as const, "<" as const, "<=" as const),
  limit: fc.constantFrom(0, 0.05, 0.4),
  unit: fc.constant("ratio"),
  forMs: fc.constantFrom(0, 10_000, 30_000, 65_000),
  minSamples: fc.integer({ min: 1, max: 3 }),
  minRequests: fc.constantFrom(0, 0, 10, 40),
  observeOnly: fc.constant(false),
})

/** Slow and plain: tries every sample as the beginning of a breach that lasts to the newest one. */
function modelBreached(each: MetricRule, samples: readonly Sample[], nowMs: number, sinceMs: number): boolean {
  const seen = samples.filter((s) => s.metric === each.metric && s.atMs > sinceMs && s.atMs <= nowMs)
  const newest = seen.find((s) => seen.every((other) => other.atMs <= s.atMs))
  if (newest?.status !== "good") return false
  const measured = seen.filter((s) => s.status === "good")
  if (each.forMs === 0) {
    const enough = measured.length >= each.minSamples && newest.count >= each.minRequests
    return enough && isBad(each, newest.value ?? Number.NaN)
  }
  if (nowMs - newest.atMs > each.forMs) return false
  const window = measured.filter((s) => newest.atMs - s.atMs <= each.forMs)
  if (window.length < each.minSamples) return false
  if (window.map((s) => s.count).reduce((a, b) => a + b, 0) < each.minRequests) return false
  return measured.some(
    (begin) =>
      newest.atMs - begin.atMs >= each.forMs &&
      measured.filter((s) => s.atMs >= begin.atMs).every((s) => isBad(each, s.value ?? Number.NaN)),
  )
}

// Thousands of cases, perhaps beside other work on the same machine.
vi.setConfig({ testTimeout: 60_000 })

describe("against a slow model", () => {
  const nows = fc.integer({ min: 0, max: 25 }).map((n) => n * 10_000)
  const sinces = fc.constantFrom(-1, 0, 30_000)

  it("breached or not", () => {
    let breached = 0
    fc.assert(
      fc.property(ruleOf, samplesOf, nows, sinces, (each, samples, nowMs, sinceMs) => {
        const { verdict } = evaluateRule(each, samples, nowMs, { sinceMs })
        if (verdict === "breached") breached += 1
        expect(verdict === "breached").toBe(modelBreached(each, samples, nowMs, sinceMs))
      }),
      { numRuns: 5_000 },
    )
    expect(breached).toBeGreaterThan(50)
  })

  it("the order of samples does not matter", () => {
    fc.assert(
      fc.property(ruleOf, samplesOf, nows, (each, samples, nowMs) => {
        const one = evaluateRule(each, samples, nowMs, { sinceMs: 0 })
        expect(evaluateRule(each, samples.toReversed(), nowMs, { sinceMs: 0 })).toEqual(one)
      }),
    )
  })

  it("ok always rests on enough samples", () => {
    fc.assert(
      fc.property(ruleOf, samplesOf, nows, (each, samples, nowMs) => {
        const { verdict } = evaluateRule(each, samples, nowMs, { sinceMs: 0 })
        const real = samples.filter((s) => s.metric === each.metric && s.status === "good" && s.atMs <= nowMs)
        if (verdict === "ok") expect(real.length).toBeGreaterThanOrEqual(each.minSamples)
      }),
    )
  })

  it("a watch passes only with enough good samples of every deciding rule and no breach at any time", () => {
    let passes = 0
    fc.assert(
      fc.property(
        fc.array(ruleOf, { maxLength: 3 }),
        samplesOf,
        fc.integer({ min: 1, max: 6 }),
        (all, samples, minSamples) => {
          const watched = all.map((each) => ({ title: each.metric, rule: each }))
          const { verdict } = verdictOfWatch(watched, samples, { fromMs: -1, toMs: 200_000, minSamples })
          const ever = all.some((each) => samples.some(({ atMs }) => modelBreached(each, samples, atMs, -1)))
          expect(verdict === "fail").toBe(ever)
          if (verdict !== "pass") return
          passes += 1
          expect(all.length).toBeGreaterThan(0)
          const real = samples.filter((s) => s.metric === "error_rate" && s.status === "good")
          expect(real.length).toBeGreaterThanOrEqual(minSamples)
        },
      ),
      { numRuns: 2_000 },
    )
    expect(passes).toBeGreaterThan(20)
  })
})

describe("verdictOfWatch", () => {
  const watch = (samples: Sample[], more: Partial<MetricRule> = {}) =>
    verdictOfWatch([{ title: "Errors", rule: { ...rule, ...more } }], samples, {
      fromMs: 0,
      toMs: 60_000,
      minSamples: 3,
    })

  it.each([
    ["all good", series(0, 0, 0, 0, 0, 0), "pass"],
    ["a breach in the middle that ended", series(0.5, 0.5, 0.5, 0.5, 0, 0), "fail"],
    ["nothing at all", [], "inconclusive"],
    ["only errors", series("e", "e", "e", "e", "e", "e"), "inconclusive"],
    ["good, then the source broke", series(0, 0, "e", "e", "e", "e"), "inconclusive"],
    ["good, one missing at the end", series(0, 0, 0, 0, 0, null), "pass"],
    ["bad at the end, not yet for long enough", series(0, 0, 0, 0, 0.5, 0.5), "inconclusive"],
  ] as const)("%s", (_, samples, verdict) => {
    expect(watch([...samples]).verdict).toBe(verdict)
  })

  it("observe-only rules are told of and decide nothing", () => {
    const answer = watch(series(0.5, 0.5, 0.5, 0.5, 0.5, 0.5), { observeOnly: true })
    expect(answer.verdict).toBe("inconclusive")
    expect(answer.reasons).toEqual([expect.stringContaining("(observed only)"), "There is no rule that decides."])
  })

  it("is quick over a long watch", () => {
    const long = Array.from({ length: 20_000 }, (_, i) => good((i + 1) * 100, i % 50 === 0 ? 0.5 : 0))
    const begun = performance.now()
    verdictOfWatch([{ title: "Errors", rule }], long, { fromMs: 0, toMs: 2_000_000, minSamples: 3 })
    expect(performance.now() - begun).toBeLessThan(5_000)
  })
})
