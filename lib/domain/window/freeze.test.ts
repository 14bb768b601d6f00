import fc from "fast-check"
import { DateTime } from "luxon"
import { describe, expect, it, vi } from "vitest"
import { type FreezeRule, freezeRuleSchema } from "./freeze"
import { freezeStatus } from "./freeze-status"
import type { DeploymentWindow } from "./window"
import { nextOpening, windowsStatus } from "./windows-status"

vi.setConfig({ testTimeout: 180_000 })
const at = (iso: string) => Date.parse(iso)
const NY = "America/New_York"
const once = (start: string, end: string, zone = NY): FreezeRule => ({ kind: "once", start, end, zone })
const daily = (start: string, durationMinutes: number, zone = NY, rrule = "FREQ=DAILY"): FreezeRule => ({
  kind: "recurring",
  start,
  durationMinutes,
  rrule,
  zone,
})
const day = (date: string, zone: string): FreezeRule => ({ kind: "dates", dates: [date], zone })
const asked = (rule: FreezeRule, iso: string) => {
  const { inForce, until, next } = freezeStatus([{ rule }], at(iso))
  return inForce.length > 0 ? `until ${until}` : `next ${next?.startsAt ?? "never"}`
}

describe("a freeze", () => {
  it.each<[string, FreezeRule, string, string]>([
    [
      "half-open: its first moment",
      once("2026-12-24T18:00", "2026-12-27T00:00"),
      "2026-12-24T23:00:00.000Z",
      "until 2026-12-27T05:00:00.000Z",
    ],
    [
      "half-open: a moment before",
      once("2026-12-24T18:00", "2026-12-27T00:00"),
      "2026-12-24T22:59:59.999Z",
      "next 2026-12-24T23:00:00.000Z",
    ],
    ["half-open: its end", once("2026-12-24T18:00", "2026-12-27T00:00"), "2026-12-27T05:00:00.000Z", "next never"],
    // Clocks go forward: New York 8 March 02:00, Berlin 29 March 02:00, Sydney 4 October 02:00, Cairo 24 April 00:00.
    [
      "New York, start in the gap",
      once("2026-03-08T02:30", "2026-03-08T04:00"),
      "2026-03-08T06:00:00.000Z",
      "next 2026-03-08T07:00:00.000Z",
    ],
    [
      "Berlin, start in the gap",
      once("2026-03-29T02:15", "2026-03-29T04:00", "Europe/Berlin"),
      "2026-03-29T00:00:00.000Z",
      "next 2026-03-29T01:00:00.000Z",
    ],
    [
      "Sydney, start in the gap",
      once("2026-10-04T02:45", "2026-10-04T04:00", "Australia/Sydney"),
      "2026-10-03T15:00:00.000Z",
      "next 2026-10-03T16:00:00.000Z",
    ],
    [
      "Cairo, a day whose midnight never comes",
      day("2026-04-24", "Africa/Cairo"),
      "2026-04-23T21:00:00.000Z",
      "next 2026-04-23T22:00:00.000Z",
    ],
    [
      "Cairo, that day has 23 hours",
      day("2026-04-24", "Africa/Cairo"),
      "2026-04-23T22:00:00.000Z",
      "until 2026-04-24T21:00:00.000Z",
    ],
    [
      "swallowed whole: it is not",
      once("2026-03-08T02:10", "2026-03-08T02:50"),
      "2026-03-08T05:00:00.000Z",
      "next never",
    ],
    // Clocks go back: New York 1 November 02:00, Berlin 25 October 03:00, Sydney 5 April 03:00, Cairo 29/30 October 00:00.
    [
      "New York, start twice: the earlier",
      once("2026-11-01T01:30", "2026-11-01T03:00"),
      "2026-11-01T05:00:00.000Z",
      "next 2026-11-01T05:30:00.000Z",
    ],
    [
      "New York, end twice: the earlier",
      once("2026-11-01T00:00", "2026-11-01T01:30"),
      "2026-11-01T05:00:00.000Z",
      "until 2026-11-01T05:30:00.000Z",
    ],
    [
      "Berlin, start twice: the earlier",
      once("2026-10-25T02:30", "2026-10-25T04:00", "Europe/Berlin"),
      "2026-10-25T00:00:00.000Z",
      "next 2026-10-25T00:30:00.000Z",
    ],
    [
      "Sydney, a day of 25 hours",
      day("2026-04-05", "Australia/Sydney"),
      "2026-04-04T13:00:00.000Z",
      "until 2026-04-05T14:00:00.000Z",
    ],
    [
      "Cairo, a day of 25 hours",
      day("2026-10-29", "Africa/Cairo"),
      "2026-10-28T21:00:00.000Z",
      "until 2026-10-29T22:00:00.000Z",
    ],
    [
      "lengths are of the wall's clock",
      daily("2026-03-01T00:00", 240),
      "2026-03-08T05:00:00.000Z",
      "until 2026-03-08T08:00:00.000Z",
    ],
    [
      "on every day without a gap: no end in sight",
      daily("2026-01-01T00:00", 1_440),
      "2026-03-08T05:00:00.000Z",
      "until null",
    ],
    [
      "before the first",
      daily("2026-03-01T12:00", 60, NY, "FREQ=WEEKLY;BYDAY=FR"),
      "2026-01-01T00:00:00.000Z",
      "next 2026-03-06T17:00:00.000Z",
    ],
    [
      "after the last",
      daily("2026-03-01T12:00", 60, NY, "FREQ=DAILY;COUNT=3"),
      "2026-03-03T18:00:00.000Z",
      "next never",
    ],
    [
      "UNTIL is the last start",
      daily("2026-03-01T12:00", 60, NY, "FREQ=DAILY;UNTIL=20260303T120000"),
      "2026-03-03T00:00:00.000Z",
      "next 2026-03-03T17:00:00.000Z",
    ],
    [
      "UNTIL in UTC",
      daily("2026-03-01T12:00", 60, NY, "FREQ=DAILY;UNTIL=20260303T165959Z"),
      "2026-03-03T00:00:00.000Z",
      "next never",
    ],
    [
      "longer than a day, begun yesterday",
      daily("2026-11-27T18:00", 3_780, NY, "FREQ=WEEKLY"),
      "2026-11-29T20:00:00.000Z",
      "until 2026-11-30T14:00:00.000Z",
    ],
  ])("%s", (_, rule, now, expected) => {
    expect(freezeRuleSchema.parse(rule)).toEqual(rule)
    expect(asked(rule, now)).toBe(expected)
  })

  it("leaves exceptions out", () => {
    const rule: FreezeRule = {
      kind: "recurring",
      start: "2026-11-01T12:00",
      durationMinutes: 60,
      rrule: "FREQ=DAILY",
      zone: NY,
      except: ["2026-11-24"],
    }
    expect(asked(rule, "2026-11-24T00:00:00Z")).toBe("next 2026-11-25T17:00:00.000Z")
  })

  it("overlapping ones go on until the last of them ends; the next is one that is not in force", () => {
    const freezes = [
      { name: "a", rule: once("2026-12-01T00:00", "2026-12-03T00:00") },
      { name: "b", rule: once("2026-12-02T00:00", "2026-12-05T00:00") },
      { name: "c", rule: once("2026-12-05T00:00", "2026-12-06T00:00") },
      { name: "d", rule: once("2026-12-08T00:00", "2026-12-09T00:00") },
    ]
    const status = freezeStatus(freezes, at("2026-12-02T12:00:00Z"))
    expect(status.inForce.map(({ freeze, until }) => [freeze.name, until])).toEqual([
      ["a", "2026-12-03T05:00:00.000Z"],
      ["b", "2026-12-05T05:00:00.000Z"],
    ])
    expect(status.until).toBe("2026-12-06T05:00:00.000Z")
    expect(status.next?.freeze.name).toBe("c")
  })

  it.each<[string, unknown]>([
    ["an end before the start", once("2026-12-24T18:00", "2026-12-24T18:00")],
    ["years without an end", once("2026-12-24T18:00", "2036-12-24T18:00")],
    ["a day that is not", once("2026-02-30T18:00", "2026-03-24T18:00")],
    ["another millennium", once("9999-02-20T18:00", "9999-03-24T18:00")],
    ["a time that is not", once("2026-02-20T25:00", "2026-03-24T18:00")],
    ["an unknown zone", once("2026-02-20T18:00", "2026-03-24T18:00", "Mars/Olympus")],
    ["an offset as a zone", once("2026-02-20T18:00", "2026-03-24T18:00", "+02:00")],
    ["a negative length", daily("2026-02-20T18:00", -1)],
    ["an endless length", daily("2026-02-20T18:00", Number.POSITIVE_INFINITY)],
    ["a rule that is a bomb", daily("2026-02-20T18:00", 1, NY, "FREQ=SECONDLY")],
    ["no dates", { kind: "dates", dates: [], zone: NY }],
    ["unknown fields", { ...day("2026-12-24", NY), more: 1 }],
  ])("%s is refused", (_, rule) => {
    expect(freezeRuleSchema.safeParse(rule).success).toBe(false)
  })

  it("many freezes that recur each day for decades are asked in no time", () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ rule: daily(`2000-01-01T0${n % 10}:00`, 30) }))
    freezeStatus(many, at("2026-03-01T00:00:00Z"))
    const began = performance.now()
    for (let n = 0; n < 5; n++) freezeStatus(many, at("2026-03-01T00:00:00Z") + n * 60_000)
    expect((performance.now() - began) / 5).toBeLessThan(500)
  })
})

/** Slow and plain: each day on its own, through another library, and then minute by minute. */
function modelFrozen(rule: FreezeRule, ms: number): boolean {
  const zone = rule.zone
  const instant = (local: DateTime) => earliest(local, zone)
  const within = (start: DateTime, end: DateTime) => instant(start) <= ms && ms < instant(end)
  const floating = (text: string) => DateTime.fromISO(text, { zone: "utc" })
  if (rule.kind === "once") return within(floating(rule.start), floating(rule.end))
  if (rule.kind === "dates") return rule.dates.some((date) => within(floating(date), floating(date).plus({ days: 1 })))
  const first = floating(rule.start)
  for (let start = first; start.toMillis() < ms + 3 * 86_400_000; start = start.plus({ days: 1 })) {
    const weekly = /BYDAY=(.*)/.exec(rule.rrule)?.[1]?.split(",")
    const named = !weekly || weekly.includes(["MO", "TU", "WE", "TH", "FR", "SA", "SU"][start.weekday - 1] ?? "")
    if (!named || rule.except?.includes(start.toISODate() ?? "")) continue
    if (within(start, start.plus({ minutes: rule.durationMinutes }))) return true
  }
  return false
}

const found = new Map<string, number>()

/** The first minute, looking from well before, at which the wall has reached this time. */
function earliest(floating: DateTime, zone: string): number {
  const wanted = floating.toFormat("yyyy-MM-dd HH:mm")
  const key = `${wanted} ${zone}`
  const known = found.get(key)
  if (known !== undefined) return known
  const guess = floating.toMillis() - (DateTime.fromMillis(floating.toMillis(), { zone }).offset + 185) * 60_000
  for (let ms = guess; ; ms += 60_000) {
    if (DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd HH:mm") >= wanted) {
      found.set(key, ms)
      return ms
    }
  }
}

describe("against a slow model", () => {
  const zone = fc.constantFrom(NY, "Europe/Berlin", "Australia/Sydney", "Africa/Cairo", "Asia/Kathmandu")
  const around = fc.constantFrom(
    "2026-03-08",
    "2026-11-01",
    "2026-03-29",
    "2026-10-25",
    "2026-04-05",
    "2026-10-04",
    "2026-04-24",
    "2026-10-30",
  )
  const floating = (text: string, minutes: number) =>
    new Date(at(`${text}T00:00:00Z`) + minutes * 60_000).toISOString().slice(0, 16)
  const minute = (from: number, to: number) => fc.integer({ min: from, max: to })
  const rules = (change: string) =>
    fc.oneof(
      fc
        .tuple(minute(-2_000, 2_000), minute(1, 4_000), zone)
        .map(([start, length, place]) => once(floating(change, start), floating(change, start + length), place)),
      fc.tuple(fc.uniqueArray(minute(-2, 2), { minLength: 1 }), zone).map(
        ([days, place]): FreezeRule => ({
          kind: "dates",
          dates: days.map((n) => floating(change, n * 1_440).slice(0, 10)),
          zone: place,
        }),
      ),
      fc
        .tuple(
          minute(-9 * 1_440, 0),
          minute(1, 3_000),
          zone,
          fc.subarray(["MO", "WE", "FR", "SU"], { minLength: 1 }),
          fc.boolean(),
          minute(-2, 2),
        )
        .map(
          ([start, length, place, days, weekly, except]): FreezeRule => ({
            ...daily(
              floating(change, start),
              length,
              place,
              weekly ? `FREQ=WEEKLY;BYDAY=${days.join(",")}` : "FREQ=DAILY",
            ),
            ...(weekly ? { except: [floating(change, except * 1_440).slice(0, 10)] } : {}),
          }),
        ),
    )
  const scene = around.chain((change) =>
    fc.tuple(
      fc.array(rules(change), { minLength: 1, maxLength: 3 }),
      minute(-2_500, 2_500).map((n) => at(`${change}T00:00:00Z`) + n * 60_000),
    ),
  )

  it("frozen or not, now and until when", () => {
    fc.assert(
      fc.property(scene, ([all, nowMs]) => {
        const frozen = (ms: number) => all.some((rule) => modelFrozen(rule, ms))
        const { inForce, until } = freezeStatus(
          all.map((rule) => ({ rule })),
          nowMs,
        )
        expect(inForce.length > 0).toBe(frozen(nowMs))
        // The ends that a minute-by-minute walk can reach.
        if (until !== null && at(until) - nowMs < 2 * 86_400_000) {
          expect(frozen(at(until))).toBe(false)
          expect(frozen(at(until) - 60_000)).toBe(true)
        }
      }),
      { numRuns: 120 },
    )
  })

  it("the next opening: windows minus freezes", () => {
    const window = fc.record({
      days: fc.subarray<DeploymentWindow["days"][number]>(["mon", "wed", "fri", "sun"], { minLength: 2 }),
      start: fc.constantFrom("00:00", "01:30", "09:00"),
      end: fc.constantFrom("02:30", "17:00", "24:00"),
      zone,
    })
    const modelOpen = (windows: DeploymentWindow[], ms: number) =>
      windows.some(({ days, start, end, zone: place }) => {
        const local = DateTime.fromMillis(ms, { zone: place })
        const shown = local.toFormat("HH:mm")
        return (
          days.some((name) => name === local.toFormat("ccc", { locale: "en" }).toLowerCase()) &&
          start <= shown &&
          shown < end
        )
      })
    fc.assert(
      fc.property(scene, fc.array(window, { minLength: 1, maxLength: 2 }), ([all, nowMs], windows) => {
        const free = (ms: number) => modelOpen(windows, ms) && !all.some((rule) => modelFrozen(rule, ms))
        expect(windowsStatus(windows, nowMs).open).toBe(modelOpen(windows, nowMs))
        const found = nextOpening(
          windows,
          all.map((rule) => ({ rule })),
          nowMs,
        )
        const end = Math.min(nowMs + 4 * 3_600_000, found === null ? Number.POSITIVE_INFINITY : at(found))
        for (let ms = nowMs; ms < end; ms += 60_000)
          if (free(ms)) throw new Error(`free at ${new Date(ms).toISOString()}`)
        if (found !== null) expect(free(at(found))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
