import fc from "fast-check"
import { DateTime } from "luxon"
import { describe, expect, it, vi } from "vitest"
import { nowAndNext } from "./now-and-next"
import { onCallAt } from "./on-call-at"
import { type OnCall, type Override, type Rotation, type RotationLayer, rotationSchema } from "./rotation"
import { shiftsBetween } from "./shifts-between"

vi.setConfig({ testTimeout: 120_000 })
const at = (iso: string) => Date.parse(iso)
const NY = "America/New_York"
const [ada, bea, cy, dan] = ["a", "b", "c", "d"].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`) as [
  string,
  string,
  string,
  string,
]
const letter = (personId: string | null) => personId?.at(-1) ?? "-"

function layer(part: Partial<RotationLayer> = {}): RotationLayer {
  return { people: [ada, bea], start: "2026-01-05T09:00", shift: { every: 1, unit: "weeks" }, hours: null, ...part }
}
const rotation = (...layers: RotationLayer[]): Rotation => ({ zone: NY, layers })
const hours = (days: string, from: string, to: string) =>
  ({ days: days.split(" "), from, to }) as NonNullable<RotationLayer["hours"]>

function told(plan: Rotation, from: string, to: string, overrides: Override[] = []): string[] {
  return shiftsBetween(plan, overrides, at(from), at(to)).map(({ startMs, personId, overrideId }) => {
    const time = DateTime.fromMillis(startMs, { zone: plan.zone }).toFormat("dd.MM. HH:mm")
    return `${time} ${letter(personId)}${overrideId ? "!" : ""}`
  })
}

describe("shifts", () => {
  it("are handed over at nine on the wall, before and after clocks change", () => {
    const weekly = rotation(layer())
    expect(told(weekly, "2026-03-02T14:00:00Z", "2026-03-17T00:00:00Z")).toEqual([
      "02.03. 09:00 a",
      "09.03. 09:00 b",
      "16.03. 09:00 a",
    ])
    const [, second] = shiftsBetween(weekly, [], at("2026-03-02T14:00:00Z"), at("2026-03-17T00:00:00Z"))
    expect(second?.startMs).toBe(at("2026-03-09T13:00:00Z"))
    expect(told(weekly, "2026-10-26T13:00:00Z", "2026-11-03T00:00:00Z")).toEqual(["26.10. 09:00 a", "02.11. 09:00 b"])
    expect(onCallAt(weekly, [], at("2026-11-02T13:59:59.999Z")).personId).toBe(ada)
    expect(onCallAt(weekly, [], at("2026-11-02T14:00:00Z")).personId).toBe(bea)
  })

  it("begin with the first day, and nobody is called before", () => {
    expect(told(rotation(layer()), "2026-01-04T00:00:00Z", "2026-01-06T00:00:00Z")).toEqual([
      "03.01. 19:00 -",
      "05.01. 09:00 a",
    ])
  })

  it("later layers take over where they apply: business hours, nights past midnight, weekends", () => {
    const plan = rotation(
      layer({ people: [ada], shift: { every: 1, unit: "days" } }),
      layer({ people: [bea, cy], hours: hours("mon tue wed thu fri", "22:00", "06:00") }),
      layer({ people: [dan], hours: hours("sat sun", "00:00", "24:00") }),
    )
    expect(told(plan, "2026-01-08T17:00:00Z", "2026-01-13T17:00:00Z")).toEqual([
      "08.01. 12:00 a",
      "08.01. 22:00 b",
      "09.01. 06:00 a",
      "09.01. 22:00 b",
      "10.01. 00:00 d",
      "12.01. 00:00 a",
      "12.01. 22:00 c",
      "13.01. 06:00 a",
    ])
  })

  it("without anybody are said, too", () => {
    const plan = rotation(layer({ people: [ada], hours: hours("mon", "09:00", "17:00") }))
    expect(told(plan, "2026-01-12T05:00:00Z", "2026-01-13T05:00:00Z")).toEqual([
      "12.01. 00:00 -",
      "12.01. 09:00 a",
      "12.01. 17:00 -",
    ])
  })

  it("name the override where there is one; the newest wins, and at its end it is over", () => {
    const overrides = [
      { id: "1", personId: cy, startMs: at("2026-01-06T00:00:00Z"), endMs: at("2026-01-08T00:00:00Z") },
      { id: "2", personId: dan, startMs: at("2026-01-07T00:00:00Z"), endMs: at("2026-01-07T12:00:00Z") },
    ]
    expect(
      told({ ...rotation(layer()), zone: "UTC" }, "2026-01-05T09:00:00Z", "2026-01-10T00:00:00Z", overrides),
    ).toEqual(["05.01. 09:00 a", "06.01. 00:00 c!", "07.01. 00:00 d!", "07.01. 12:00 c!", "08.01. 00:00 a"])
  })

  it("of hours skip the one that never comes, and last two where one comes twice", () => {
    const hourly = rotation(
      layer({ people: [ada, bea, cy], start: "2026-01-01T00:00", shift: { every: 1, unit: "hours" } }),
    )
    expect(told(hourly, "2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z")).toEqual(["08.03. 01:00 b", "08.03. 03:00 a"])
    expect(told(hourly, "2026-11-01T05:00:00Z", "2026-11-01T08:00:00Z")).toEqual(["01.11. 01:00 b", "01.11. 02:00 c"])
  })
})

it("a hand-over at a time that comes twice is done once, at the first", () => {
  const daily = rotation(layer({ start: "2026-10-01T01:30", shift: { every: 1, unit: "days" } }))
  const who = ["05:29", "05:30", "06:00", "06:29", "06:45"].map((clock) =>
    letter(onCallAt(daily, [], at(`2026-11-01T${clock}:00Z`)).personId),
  )
  expect(who).toEqual(["a", "b", "b", "b", "b"])
})

describe("now and next", () => {
  it("passes over shifts of the same person", () => {
    const plan = rotation(layer({ people: [ada, ada, bea] }))
    const overrides = [
      { id: "1", personId: ada, startMs: at("2026-01-07T00:00:00Z"), endMs: at("2026-01-08T00:00:00Z") },
    ]
    const { now, next } = nowAndNext(plan, overrides, at("2026-01-06T00:00:00Z"))
    expect([now.personId, next?.personId, next?.startMs]).toEqual([ada, bea, at("2026-01-19T14:00:00Z")])
  })

  it("knows of nobody else where one is alone, and finds who comes in a year", () => {
    expect(nowAndNext(rotation(layer({ people: [ada] })), [], at("2026-02-01T00:00:00Z"))).toMatchObject({
      now: { personId: ada },
      next: null,
    })
    const yearly = rotation(layer({ shift: { every: 366, unit: "days" } }))
    expect(nowAndNext(yearly, [], at("2026-02-01T00:00:00Z")).next?.startMs).toBe(at("2027-01-06T14:00:00Z"))
  })
})

/** Slow and obviously right: each turn is begun at what luxon says the wall shows, and each day is looked at for hours. */
function modelAt({ zone, layers }: Rotation, overrides: Override[], atMs: number): OnCall {
  const inForce = overrides.filter(({ startMs, endMs }) => startMs <= atMs && atMs < endMs).at(-1)
  if (inForce) return { personId: inForce.personId, overrideId: inForce.id }
  let personId: string | null = null
  for (const { people, start, shift, hours: only } of layers) {
    const first = DateTime.fromISO(start, { zone: "UTC" })
    let turn = -1
    while (onWall(first.plus({ [shift.unit]: shift.every * (turn + 1) }), zone) <= atMs) turn++
    if (turn < 0) continue
    const today = DateTime.fromMillis(atMs, { zone }).setZone("UTC", { keepLocalTime: true }).startOf("day")
    const open = [-1, 0, 1].some((more) => {
      if (!only) return true
      const day = today.plus({ days: more })
      if (!only.days.some((name) => name === day.toFormat("ccc", { locale: "en" }).toLowerCase())) return false
      const [from, to] = [only.from, only.to].map((time) => {
        const [hour = 0, minute = 0] = time.split(":").map(Number)
        return day.plus({ hours: hour, minutes: minute })
      }) as [DateTime, DateTime]
      return onWall(from, zone) <= atMs && atMs < onWall(to <= from ? to.plus({ days: 1 }) : to, zone)
    })
    if (open) personId = people[turn % people.length] ?? null
  }
  return { personId, overrideId: null }
}

/** The first instant at which a wall of the zone shows this time or a later one. */
function onWall(wall: DateTime, zone: string): number {
  const there = wall.setZone(zone, { keepLocalTime: true })
  const first = Math.min(...there.getPossibleOffsets().map((each) => each.toMillis()))
  const shows = (ms: number) => DateTime.fromMillis(ms, { zone }).setZone("UTC", { keepLocalTime: true }).toMillis()
  if (shows(first) === wall.toMillis()) return first
  // It never comes: look minute by minute for the jump over it.
  let ms = first - 3 * 3_600_000
  while (shows(ms) < wall.toMillis()) ms += 60_000
  return ms
}

/** Days on which clocks change, or the date does. */
const places: [string, string][] = [
  [NY, "2026-03-08"],
  [NY, "2026-11-01"],
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Africa/Cairo", "2026-04-24"],
  ["America/Santiago", "2026-09-06"],
  ["Asia/Kathmandu", "2026-06-01"],
  ["UTC", "2026-06-01"],
]
const time = fc
  // Most clocks change in the first hours of a day.
  .tuple(fc.oneof(fc.nat(3), fc.nat(23)), fc.constantFrom("00", "15", "30"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`)
const person = fc.constantFrom(ada, bea, cy, dan)
const anyLayer = (day: string) =>
  fc.record({
    people: fc.array(person, { minLength: 1, maxLength: 4 }),
    start: fc
      .tuple(fc.integer({ min: -12, max: 1 }), time)
      .map(([days, clock]) => `${DateTime.fromISO(day, { zone: "UTC" }).plus({ days }).toISODate()}T${clock}`),
    shift: fc.oneof(
      fc.record({ every: fc.integer({ min: 1, max: 30 }), unit: fc.constant("hours" as const) }),
      fc.record({ every: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom("days" as const, "weeks" as const) }),
    ),
    hours: fc.option(
      fc.record({
        days: fc
          .subarray(["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const, { minLength: 1 })
          .map((all) => [...all]),
        from: time,
        to: fc.oneof(time, fc.constant("24:00")),
      }),
    ),
  })
const anyPlan = fc.constantFrom(...places).chain(([zone, day]) =>
  fc.record({
    plan: fc.array(anyLayer(day), { minLength: 1, maxLength: 3 }).map((layers) => ({ zone, layers })),
    overrides: fc.array(
      fc.record({
        personId: person,
        startMin: fc.integer({ min: -600, max: 2_400 }),
        lengthMin: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 3 },
    ),
    fromMs: fc.integer({ min: -1_000, max: 600 }).map((minutes) => at(`${day}T00:00:00Z`) + minutes * 60_000),
    spanMin: fc.integer({ min: 1, max: 2_200 }),
  }),
)
const overridesOf = (drawn: { personId: string; startMin: number; lengthMin: number }[], fromMs: number): Override[] =>
  drawn.map(({ personId, startMin, lengthMin }, n) => {
    const startMs = fromMs + startMin * 60_000
    return { id: String(n), personId, startMs, endMs: startMs + lengthMin * 60_000 }
  })

describe("whatever the rotation, the zone and its clock", () => {
  it("shifts follow one another without a hole, none is empty, and neighbours differ", () => {
    fc.assert(
      fc.property(anyPlan, ({ plan, overrides, fromMs, spanMin }) => {
        const toMs = fromMs + spanMin * 60_000
        const shifts = shiftsBetween(plan, overridesOf(overrides, fromMs), fromMs, toMs)
        let atMs = fromMs
        let last: OnCall | undefined
        for (const shift of shifts) {
          expect(shift.startMs).toBe(atMs)
          expect(shift.endMs).toBeGreaterThan(shift.startMs)
          expect([shift.personId, shift.overrideId]).not.toEqual([last?.personId, last?.overrideId])
          atMs = shift.endMs
          last = shift
        }
        expect(atMs).toBe(toMs)
        expect(rotationSchema.safeParse(plan).success).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it("shifts and the question at an instant say what the model says, at each edge and around it", () => {
    fc.assert(
      fc.property(anyPlan, fc.array(fc.nat(2_199), { minLength: 4, maxLength: 4 }), (drawn, minutes) => {
        const { plan, fromMs, spanMin } = drawn
        const overrides = overridesOf(drawn.overrides, fromMs)
        const toMs = fromMs + spanMin * 60_000
        const shifts = shiftsBetween(plan, overrides, fromMs, toMs)
        const edges = shifts.flatMap(({ startMs, endMs }) => [startMs, startMs + 1, endMs - 1])
        for (const atMs of [...edges.slice(0, 12), ...minutes.map((minute) => fromMs + (minute % spanMin) * 60_000)]) {
          const shift = shifts.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)
          const model = modelAt(plan, overrides, atMs)
          expect(onCallAt(plan, overrides, atMs)).toEqual(model)
          expect({ personId: shift?.personId, overrideId: shift?.overrideId }).toEqual(model)
        }
      }),
      { numRuns: 60 },
    )
  })

  it("minute by minute over the night on which clocks change", () => {
    fc.assert(
      fc.property(anyPlan, ({ plan, overrides: drawn, fromMs }) => {
        const overrides = overridesOf(drawn, fromMs)
        const shifts = shiftsBetween(plan, overrides, fromMs, fromMs + 2_000 * 60_000)
        const wrong: string[] = []
        for (let minute = 0, n = 0; minute < 2_000; minute++) {
          const atMs = fromMs + minute * 60_000
          while ((shifts[n]?.endMs ?? Number.POSITIVE_INFINITY) <= atMs) n++
          const { personId, overrideId } = onCallAt(plan, overrides, atMs)
          if (shifts[n]?.personId !== personId || shifts[n]?.overrideId !== overrideId) {
            wrong.push(new Date(atMs).toISOString())
          }
        }
        expect(wrong).toEqual([])
      }),
      { numRuns: 3 },
    )
  })
})

it("a year of hours in eight layers is bounded work", () => {
  const layers = Array.from({ length: 8 }, (_, n) =>
    layer({
      start: `2001-01-01T0${n}:00`,
      shift: { every: 1, unit: "hours" },
      hours: hours("mon tue wed thu fri", "08:00", "20:00"),
    }),
  )
  const shifts = shiftsBetween(rotation(...layers), [], at("2026-01-01T00:00:00Z"), at("2027-01-31T00:00:00Z"))
  expect(shifts.length).toBeGreaterThan(3_000)
  expect(shifts.length).toBeLessThan(8 * 400 * 24)
})

describe("a rotation is refused by field", () => {
  const valid = { zone: NY, layers: [layer()] }
  it.each<[string, unknown, string]>([
    ["no such zone", { ...valid, zone: "Mars/Olympus" }, "zone"],
    ["an offset is no zone", { ...valid, zone: "+02:00" }, "zone"],
    ["no layer", { ...valid, layers: [] }, "layers"],
    ["nobody", { ...valid, layers: [layer({ people: [] })] }, "layers.0.people"],
    ["no day", { ...valid, layers: [layer({ start: "2026-02-30T09:00" })] }, "layers.0.start"],
    ["far past", { ...valid, layers: [layer({ start: "0001-01-01T09:00" })] }, "layers.0.start"],
    ["no length", { ...valid, layers: [layer({ shift: { every: 0, unit: "weeks" } })] }, "layers.0.shift.every"],
    [
      "Infinity",
      { ...valid, layers: [layer({ shift: { every: Number.POSITIVE_INFINITY, unit: "weeks" } })] },
      "layers.0.shift.every",
    ],
    ["1e308", { ...valid, layers: [layer({ shift: { every: 1e308, unit: "weeks" } })] }, "layers.0.shift.every"],
    ["too long", { ...valid, layers: [layer({ shift: { every: 53, unit: "weeks" } })] }, "layers.0.shift.every"],
    [
      "no weekday",
      { ...valid, layers: [layer({ hours: { days: [], from: "09:00", to: "17:00" } })] },
      "layers.0.hours.days",
    ],
    ["no hour", { ...valid, layers: [layer({ hours: hours("mon", "25:00", "17:00") })] }, "layers.0.hours.from"],
  ])("%s", (_, input, path) => {
    const answer = rotationSchema.safeParse(input)
    expect(answer.error?.issues.map((issue) => issue.path.join("."))).toContain(path)
  })
})
