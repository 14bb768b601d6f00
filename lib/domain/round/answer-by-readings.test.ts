import fc from "fast-check"
import { expect, test } from "vitest"
import type { Sample } from "@/lib/domain/metric/rule"
import { errorRule } from "@/lib/domain/release/release.fixture"
import { answerByReadings } from "./answer-by-readings"
import type { RoundItem } from "./round-state"

const EVERY_MS = 300_000
const NOW = 1_000_000_000
const rule = { ...errorRule, minRequests: 0 }
const item: RoundItem = { key: "errors", title: "Errors", metric: "error_rate", rule, hasCheck: false }
const span = { sinceMs: NOW - EVERY_MS, nowMs: NOW, intervalMs: 5_000 }
const good = (agoMs: number, value: number | null, count = 50): Sample => ({
  ...{ metric: "error_rate", atMs: NOW - agoMs, status: "good", value, count },
})
const none = (agoMs: number, status: "error" | "no_data", words?: string): Sample => ({
  ...{ metric: "error_rate", atMs: NOW - agoMs, status, value: null, count: 0 },
  ...(words ? { words } : {}),
})
const fine = [good(15_000, 0.01), good(10_000, 0.02), good(5_000, 0.011)]

test.each([
  ["fine", fine, true, "Error rate 1.1 % (limit 5 %)."],
  ["at the limit, which is strict", [...fine, good(0, 0.05)], true, "Error rate 5 % (limit 5 %)."],
  ["bad", [...fine, good(0, 0.071)], false, "Error rate 7.1 % (limit 5 %)."],
  [
    "fine again, and that it was not is said",
    [good(100_000, 0.3), ...fine],
    true,
    "Error rate 1.1 % (limit 5 %), 30 % at worst since the last round.",
  ],
  ["nothing at all", [], null, "Error rate: nothing measured it. Look yourself."],
  ["only another metric", fine.map((one) => ({ ...one, metric: "uptime" })), null, "nothing measured it"],
  ["before the last round only", [good(EVERY_MS, 0), good(EVERY_MS + 1, 0)], null, "nothing measured it"],
  ["of the future", [good(-1, 0)], null, "nothing measured it"],
  ["no data", [none(5_000, "no_data")], null, "no value"],
  ["only errors", [none(5_000, "error", "503 from the source")], null, "(503 from the source)"],
  ["no number", [good(3, Number.NaN), good(2, Number.POSITIVE_INFINITY), good(1, null)], null, "no value"],
  ["too old", [good(220_000, 0), good(210_000, 0), good(200_000, 0)], null, "too old"],
  ["errors since", [...fine, ...[4, 3, 2, 1].map((ago) => none(ago, "error", "refused"))], null, "fails (refused)"],
  ["one error among good ones", [...fine, none(1, "error")], true, "Error rate 1.1 %"],
  ["too few, though fine", fine.slice(1), null, "2 of at least 3 readings"],
  ["too few, though bad", [good(5, 0.9)], null, "90 %, but 1 of at least 3"],
] as const)("%s", (_, samples, ok, words) => {
  expect(answerByReadings(item, [...samples], span)).toEqual({
    itemKey: "errors",
    ok,
    words: expect.stringContaining(words),
  })
})

test("too few requests are no answer, and neither is a value without a limit", () => {
  expect(
    answerByReadings(
      { ...item, rule: errorRule },
      fine.map((one) => ({ ...one, count: 5 })),
      span,
    ),
  ).toMatchObject({
    ok: null,
    words: expect.stringContaining("15 of at least 20 requests"),
  })
  const pool = { ...item, metric: "db_pool", rule: null }
  expect(
    answerByReadings(
      pool,
      fine.map((one) => ({ ...one, metric: "db_pool" })),
      span,
    ),
  ).toMatchObject({
    ok: null,
    words: "Database pool in use: 1.1 %; there is no limit to hold it against. Look yourself.",
  })
})

test("an item of a person or of a check is not answered", () => {
  expect(answerByReadings({ ...item, metric: null, rule: null }, fine, span)).toBeNull()
})

test("a round shorter than an evaluation takes the last few readings", () => {
  expect(answerByReadings(item, [good(14_999, 0), ...fine.slice(1)], { ...span, sinceMs: NOW - 300 })?.ok).toBe(true)
})

test("fine is only what was measured lately, whatever the readings are", () => {
  const sample = fc.record({
    metric: fc.constantFrom("error_rate", "uptime"),
    atMs: fc.integer({ min: NOW - 2 * EVERY_MS, max: NOW + 10_000 }),
    status: fc.constantFrom("good" as const, "error" as const, "no_data" as const),
    value: fc.oneof(fc.constant(null), fc.double()),
    count: fc.nat(100),
  })
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
      const answer = answerByReadings(item, samples, span)
      if (answer?.ok !== true) return
      const lately = samples.filter(
        ({ metric, atMs, status, value }) =>
          metric === "error_rate" && atMs <= NOW && atMs >= NOW - EVERY_MS / 2 && status === "good" && value !== null,
      )
      expect(lately.some(({ value }) => value !== null && value <= rule.limit)).toBe(true)
    }),
  )
})
