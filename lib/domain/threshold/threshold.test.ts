import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isBad } from "@/lib/domain/metric/evaluate"
import type { Sample } from "@/lib/domain/metric/rule"
import { errorRule, run, Timeline, typesOf, v1, worker } from "@/lib/domain/release/release.fixture"
import { queueRun } from "@/lib/domain/run/queue-run"
import { decideThreshold, thresholdNow } from "./decide-threshold"

const MINUTE_MS = 60_000
const rule = { ...errorRule, limit: 0.1, forMs: MINUTE_MS, minRequests: 0 }
/** One reading every ten seconds, the last one now. */
const series = (...values: (number | null)[]): Sample[] =>
  values.map((value, index) => ({
    ...{ metric: "error_rate", atMs: (index + 1) * 10_000, value, count: 50 },
    status: value === null ? "no_data" : "good",
  }))
const times = (n: number, value: number | null) => Array.from({ length: n }, () => value)
const now = (samples: Sample[], more: object = {}) =>
  thresholdNow({ ...rule, ...more }, samples, samples.at(-1)?.atMs ?? 0, { sinceMs: 0 })?.is ?? null

describe("what is measured", () => {
  it.each([
    ["bad for the whole minute", series(...times(7, 0.2)), "breached"],
    ["bad, not long enough yet", series(...times(6, 0.2)), null],
    ["at the limit", series(...times(7, 0.1)), "fine"],
    ["fine for the whole minute", series(...times(7, 0)), "fine"],
    ["fine, not long enough yet", series(...times(3, 0.2), ...times(6, 0)), null],
    ["fine since a minute", series(...times(3, 0.2), ...times(7, 0)), "fine"],
    ["to and fro", series(...times(4, 0.2), ...times(4, 0), ...times(4, 0.2), ...times(4, 0)), null],
    ["nothing", [], null],
    ["no data", series(...times(9, null)), null],
    ["fine, then no data: nothing is fine", series(...times(7, 0), null), null],
    ["too few", series(...times(4, null), 0.2, null, 0.2), null],
  ] as const)("%s", (_, samples, is) => {
    expect(now([...samples])).toBe(is)
  })

  it("without a duration one reading says it, once there are enough", () => {
    expect(now(series(0, 0, 0.2), { forMs: 0 })).toBe("breached")
    expect(now(series(0.2, 0.2, 0), { forMs: 0 })).toBe("fine")
    expect(now(series(0.2, 0), { forMs: 0 })).toBeNull()
  })

  it("says what the newest reading says, or nothing, for any rule and any readings", () => {
    const values = fc.array(fc.oneof(fc.constant(null), fc.double({ min: 0, max: 0.2, noNaN: true })), {
      maxLength: 30,
    })
    const comparison = fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const)
    fc.assert(
      fc.property(values, comparison, fc.constantFrom(0, 30_000, 60_000), (given, how, forMs) => {
        const seen = now(series(...given), { comparison: how, forMs })
        if (seen === null) return
        const newest = given.findLast((value) => value !== null) ?? Number.NaN
        expect(seen).toBe(isBad({ comparison: how, limit: rule.limit }, newest) ? "breached" : "fine")
      }),
    )
  })
})

describe("the record", () => {
  const threshold = { level: "critical", key: "error-rate", title: "Error rate > 10%" } as const
  const breached = { is: "breached", words: "20 % now." } as const
  const fine = { is: "fine", words: "1 % now." } as const
  const by = worker("watch")

  it("has a breach once and its end once, and the next one again; the same key under two levels is two", () => {
    const timeline = new Timeline().live()
    const tell = (now: typeof breached | typeof fine, level: "critical" | "warning" = "critical") =>
      timeline.tell(decideThreshold(timeline.state, { threshold: { ...threshold, level }, now }, by)).length
    expect([tell(fine), tell(breached), tell(breached), tell(breached, "warning")]).toEqual([0, 1, 0, 1])
    expect([tell(fine), tell(fine), tell(breached)]).toEqual([1, 0, 1])
    expect(timeline.state.thresholds).toMatchObject({
      "critical:error-rate": { clearedAt: null, words: "20 % now." },
      "warning:error-rate": { clearedAt: null },
    })
    expect(timeline.refold()).toEqual(timeline.state)
  })

  it("has none before the switch, nor of a version that is being rolled back; what is live again makes it fine", () => {
    const before = new Timeline().ready()
    expect(typesOf(decideThreshold(before.state, { threshold, now: breached }, by))).toEqual([])
    const timeline = new Timeline().live()
    timeline.tell(decideThreshold(timeline.state, { threshold, now: breached }, by))
    timeline.append(queueRun("rollback", run("rollback"), by).events)
    timeline.append([
      {
        type: "rollback.decided",
        actor: by,
        data: { runId: "rollback", reason: "x", triggerKey: null, option: "promote_previous", to: v1, doesNotUndo: [] },
      },
    ])
    expect(timeline.state.status).toBe("rolling_back")
    const other = { ...threshold, level: "warning" } as const
    expect(typesOf(decideThreshold(timeline.state, { threshold: other, now: breached }, by))).toEqual([])
    expect(typesOf(decideThreshold(timeline.state, { threshold, now: fine }, by))).toEqual(["threshold.cleared"])
  })
})
