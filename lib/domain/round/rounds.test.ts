import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { refusalOf, typesOf } from "@/lib/domain/release/release.fixture"
import { decideHandOver, decideJudge } from "./decide-judge"
import { decideRoundsDue } from "./decide-rounds-due"
import { bands, CONSOLE, countOf, HOUR_MS, justLive, oz, ring } from "./first-day.fixture"
import { firstRoundTimer, planRounds, scheduleRounds } from "./plan-rounds"
import { waitingRounds, whoWatches } from "./waiting-for"

const MINUTE_MS = 60_000

describe("the plan", () => {
  it("has 12, 12 and 40 rounds: at 5 minutes first, at the end of the day last", () => {
    const plan = planRounds(bands)
    const perBand = bands.map(({ key }) => plan.filter(({ bandKey }) => bandKey === key).length)
    expect(perBand).toEqual([12, 12, 40])
    expect([plan[0]?.dueMs, plan[12]?.dueMs, plan.at(-1)?.dueMs]).toEqual([5 * MINUTE_MS, 75 * MINUTE_MS, 24 * HOUR_MS])
    expect(new Set(plan.map(({ key }) => key)).size).toBe(64)
  })

  it("counts in instants: a night in which clocks change is as long as its hours", () => {
    for (const startsAt of ["2026-11-01T03:00:00.000Z", "2026-03-08T04:00:00.000Z"]) {
      const due = scheduleRounds({ startsAt, bands }, 1).slice(12, 24)
      const steps = due.slice(1).map(({ dueMs }, index) => dueMs - (due[index]?.dueMs ?? 0))
      expect(new Set(steps)).toEqual(new Set([15 * MINUTE_MS]))
    }
  })

  it("is scaled as one: at a thousandth the day is 86.4 seconds long, and in the same order", () => {
    const startsAt = "2026-11-23T16:00:00.000Z"
    const plan = scheduleRounds({ startsAt, bands }, 0.001)
    expect(plan.at(-1)?.dueMs).toBe(Date.parse(startsAt) + 86_400)
    expect(plan.map(({ key }) => key)).toEqual(planRounds(bands).map(({ key }) => key))
    expect(firstRoundTimer({ startsAt, bands }, 0.001)).toMatchObject({ dueAt: "2026-11-23T16:00:00.300Z" })
    expect(firstRoundTimer({ startsAt, bands: [] }, 1)).toBeNull()
  })
})

describe("a day", () => {
  it("on time and looked after: 64 rounds, none missed, one end; every moment is rung for once", () => {
    const timeline = justLive()
    let nextMs: number | null = timeline.nowMs + 5 * MINUTE_MS
    let rung = 0
    while (nextMs !== null) {
      timeline.nowMs = nextMs
      nextMs = ring(timeline)
      rung += 1
      for (const { round, items } of waitingRounds(timeline.state, timeline.nowMs)) {
        for (const { key: itemKey } of items) {
          const judgement = { roundKey: round.key, itemKey, ok: true, note: null, nowIso: timeline.now }
          timeline.tell(decideJudge(timeline.state, judgement, oz))
        }
      }
    }
    const counts = ["opened", "item_judged", "missed", "ended"].map((what) => countOf(timeline, `round.${what}`))
    expect(counts).toEqual([64, 52, 0, 1])
    // 64 that are due, and the close of each that waited for people when the timer was set.
    expect(rung).toBeLessThanOrEqual(64 + 52 + 1)
    expect(Object.values(timeline.state.rounds?.rounds ?? {}).every(({ status }) => status === "done")).toBe(true)
    expect(timeline.refold()).toEqual(timeline.state)
  })

  it("that nobody looks after: what people had to see is missed, each once, with what was left", () => {
    const timeline = justLive()
    let nextMs: number | null = timeline.nowMs + 5 * MINUTE_MS
    while (nextMs !== null) {
      timeline.nowMs = nextMs
      nextMs = ring(timeline)
    }
    expect(countOf(timeline, "round.missed")).toBe(52)
    const { rounds, ended } = timeline.state.rounds ?? {}
    expect(rounds?.["first-hour-12"]).toMatchObject({ status: "done" })
    expect(rounds?.["first-hours-1"]).toMatchObject({
      status: "missed",
      missed: "1 of 2 left: Look at email.",
      judged: { "error-rate": { ok: true } },
    })
    expect(ended?.at).toBe(new Date(Date.parse(timeline.state.rounds?.startsAt ?? "") + 24.5 * HOUR_MS).toISOString())
  })

  it("with the console down for an hour: what passed meanwhile is missed and says why, the current one opens", () => {
    const timeline = justLive().wait(5 * MINUTE_MS)
    ring(timeline)
    timeline.wait(61 * MINUTE_MS)
    const before = timeline.events.length
    ring(timeline)
    const told = timeline.events.slice(before)
    expect(told.filter(({ type }) => type === "round.missed")).toHaveLength(11)
    expect(told.at(-1)).toMatchObject({ type: "round.missed", data: { open: ["Look at error-rate"] } })
    expect(timeline.state.rounds?.rounds["first-hour-7"]).toMatchObject({
      ...{ status: "missed", bandKey: "first-hour", n: 7, judged: {} },
      missed: expect.stringContaining("came too late"),
    })
    expect(timeline.state.rounds?.order).toHaveLength(12)
    const again = { nowMs: timeline.nowMs, resultsOf: {} }
    expect(typesOf(decideRoundsDue(timeline.state, again, CONSOLE))).toEqual([])
    timeline.wait(9 * MINUTE_MS)
    ring(timeline)
    expect(timeline.state.rounds?.rounds["first-hours-1"]).toMatchObject({ status: "open" })
  })

  it("whatever the clock does and however often it rings: each round is told of once, and so is the end", () => {
    const moments = fc.array(
      fc.record({ atMs: fc.integer({ min: -HOUR_MS, max: 26 * HOUR_MS }), judges: fc.boolean() }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(moments, (all) => {
        const timeline = justLive()
        const startMs = timeline.nowMs
        for (const { atMs, judges } of [...all, { atMs: 26 * HOUR_MS, judges: false }]) {
          timeline.nowMs = startMs + atMs
          ring(timeline)
          ring(timeline)
          for (const { round, items } of judges ? waitingRounds(timeline.state, timeline.nowMs) : []) {
            for (const { key: itemKey } of items) {
              const judgement = { roundKey: round.key, itemKey, ok: true, note: null, nowIso: timeline.now }
              timeline.tell(decideJudge(timeline.state, judgement, oz))
            }
          }
        }
        const keysOf = (type: string) =>
          timeline.events.flatMap((event) =>
            event.type === type && "roundKey" in event.data ? [String(event.data.roundKey)] : [],
          )
        for (const type of ["round.opened", "round.missed"]) {
          expect(new Set(keysOf(type)).size).toBe(keysOf(type).length)
        }
        const { rounds = {}, order = [], ended } = timeline.state.rounds ?? {}
        expect(order).toHaveLength(64)
        expect(Object.values(rounds).filter(({ status }) => status === "open")).toEqual([])
        expect(Object.values(rounds).filter(({ status }) => status === "missed")).toHaveLength(
          keysOf("round.missed").length,
        )
        expect([countOf(timeline, "round.ended"), ended]).toEqual([1, expect.anything()])
      }),
      { numRuns: 60 },
    )
  })
})

describe("a judgement", () => {
  const opened = () => {
    const timeline = justLive().wait(75 * MINUTE_MS)
    ring(timeline)
    return timeline
  }
  const about = (more: object = {}) => ({
    ...{ roundKey: "first-hours-1", itemKey: "email", ok: true, note: null, nowIso: opened().now },
    ...more,
  })

  it("ends the round with its last item; said twice it is said once, and may be said otherwise until the close", () => {
    const timeline = opened()
    timeline.tell(decideJudge(timeline.state, about(), oz))
    expect(timeline.state.rounds?.rounds["first-hours-1"]).toMatchObject({
      status: "done",
      judged: { email: { ok: true, by: "Oz" }, "error-rate": { by: null } },
    })
    expect(typesOf(decideJudge(timeline.state, about(), oz))).toEqual([])
    timeline.tell(decideJudge(timeline.state, about({ ok: false, note: "Bounces" }), oz))
    expect(timeline.state.rounds?.rounds["first-hours-1"]?.judged.email).toMatchObject({ ok: false, words: "Bounces" })
  })

  it.each([
    ["a round that nobody knows", { roundKey: "first-hours-99" }, "not_found", undefined],
    ["a name that every object has", { roundKey: "__proto__" }, "not_found", undefined],
    ["a round that is not due yet", { roundKey: "first-hours-2" }, "not_found", undefined],
    ["an item of another band", { itemKey: "data-integrity" }, "invalid", "itemKey"],
    ["an item that every object has", { itemKey: "constructor" }, "invalid", "itemKey"],
    ["not fine, and no word why", { ok: false }, "invalid", "note"],
    ["not fine, and a blank", { ok: false, note: "  " }, "invalid", "note"],
    ["after the close", { nowIso: "2026-11-23T17:30:00.000Z" }, "conflict", undefined],
  ] as const)("of %s is refused", (_, more, code, field) => {
    expect(refusalOf(decideJudge(opened().state, about(more), oz))).toMatchObject({ code, ...(field ? { field } : {}) })
  })

  it("after the close comes with the round as it is", () => {
    const timeline = opened().wait(15 * MINUTE_MS)
    ring(timeline)
    const refusal = refusalOf(decideJudge(timeline.state, about({ nowIso: timeline.now }), oz))
    expect(refusal).toMatchObject({ code: "conflict", detail: { round: { status: "missed" } } })
  })

  it("that contradicts what was measured says why", () => {
    const timeline = justLive().wait(5 * MINUTE_MS)
    const bad = { itemKey: "error-rate", ok: false, words: "Error rate 7.1 % (limit 5 %)." }
    timeline.tell(
      decideRoundsDue(timeline.state, { nowMs: timeline.nowMs, resultsOf: { "first-hour-1": [bad] } }, CONSOLE),
    )
    const fine = { roundKey: "first-hour-1", itemKey: "error-rate", ok: true, note: null, nowIso: timeline.now }
    const refusal = refusalOf(decideJudge(timeline.state, fine, oz))
    expect(refusal).toMatchObject({ field: "note", message: expect.stringContaining("7.1 %") })
    expect(typesOf(decideJudge(timeline.state, { ...fine, note: "A load test" }, oz))).toEqual(["round.item_judged"])
  })

  it("is of no use once the rounds ended", () => {
    const timeline = opened()
    timeline.append([{ type: "round.ended", actor: CONSOLE, data: { reason: "The version is being rolled back." } }])
    expect(refusalOf(decideJudge(timeline.state, about(), oz)).message).toContain("rolled back")
    expect(typesOf(decideRoundsDue(timeline.state, { nowMs: timeline.nowMs, resultsOf: {} }, CONSOLE))).toEqual([])
    expect(waitingRounds(timeline.state, timeline.nowMs)).toEqual([])
  })
})

describe("the watch", () => {
  const dora = { id: "dora", name: "Dora" }
  it("is handed over once, and back to whoever is on call", () => {
    const timeline = justLive()
    timeline.tell(decideHandOver(timeline.state, { to: dora, note: " Good night " }, oz))
    expect(timeline.state.rounds?.watcher).toEqual(dora)
    expect(typesOf(decideHandOver(timeline.state, { to: dora, note: null }, oz))).toEqual([])
    timeline.tell(decideHandOver(timeline.state, { to: null, note: null }, oz))
    expect(timeline.state.rounds?.watcher).toBeNull()
    timeline.append([{ type: "round.ended", actor: CONSOLE, data: { reason: "Over." } }])
    expect(refusalOf(decideHandOver(timeline.state, { to: dora, note: null }, oz)).code).toBe("conflict")
  })

  it("is somebody's: who took it, who is on call, else who started the deployment", () => {
    const { state } = justLive()
    const tom = { id: "tom", name: "Tom" }
    expect(whoWatches({ ...state, startedBy: [tom] }, [])).toEqual([tom])
    expect(whoWatches({ ...state, startedBy: [tom] }, [dora])).toEqual([dora])
    const taken = state.rounds && { ...state.rounds, watcher: tom }
    expect(whoWatches({ rounds: taken, startedBy: [] }, [dora])).toEqual([tom])
  })
})
