import { describe, expect, it } from "vitest"
import { person, START, Timeline } from "@/lib/domain/release/release.fixture"
import type { RoundBand, Rounds } from "@/lib/domain/round/round-state"
import type { EventData } from "@/lib/domain/timeline/event-types"
import {
  cellLooks,
  countCells,
  currentRounds,
  nextCell,
  openRounds,
  roundCells,
  roundParts,
  stepFrom,
} from "./read-rounds"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const startMs = Date.parse(START)
const console_ = { type: "console", reason: "rounds" } as const

const part = (key: string) => ({ key, title: `Look at ${key}`, metric: null, rule: null, hasCheck: false })
const bands: RoundBand[] = [
  { key: "hour", title: "First hour", fromMs: 0, toMs: HOUR, everyMs: 5 * MINUTE, items: [part("a"), part("b")] },
  { key: "hours", title: "Hour 1-4", fromMs: HOUR, toMs: 4 * HOUR, everyMs: 15 * MINUTE, items: [part("a")] },
  { key: "day", title: "Rest", fromMs: 4 * HOUR, toMs: 24 * HOUR, everyMs: 30 * MINUTE, items: [part("a")] },
]

function day(timeScale = 1) {
  const timeline = new Timeline({ timeScale })
  timeline.append([{ type: "round.planned", actor: console_, data: { startsAt: START, bands } }])
  const rounds = () => timeline.state.rounds as Rounds
  return {
    timeline,
    rounds,
    cells: (nowMs: number) => roundCells(rounds(), timeScale, nowMs),
    open(n: number, results: EventData<"round.opened">["results"] = []) {
      const [dueAt, closesAt] = [n, n + 1].map((i) => new Date(startMs + i * 5 * MINUTE * timeScale).toISOString())
      const times = { dueAt: dueAt ?? "", closesAt: closesAt ?? "" }
      const data = { roundKey: `hour-${n}`, bandKey: "hour", n, ...times, results }
      timeline.append([{ type: "round.opened", actor: console_, data }])
    },
    judge(n: number, itemKey: string, ok: boolean, note: string | null = null) {
      const data = { roundKey: `hour-${n}`, itemKey, ok, note }
      timeline.append([{ type: "round.item_judged", actor: person("olga", "ops"), data }])
    },
    miss(n: number) {
      const data = { roundKey: `hour-${n}`, open: ["Look at b"], words: "1 of 2 left: Look at b." }
      timeline.append([{ type: "round.missed", actor: console_, data }])
    },
  }
}

describe("the strip of the first day", () => {
  it("has a cell for each round of the playbook's bands, and tells when each is due, scaled", () => {
    const { cells } = day(0.01)
    const all = cells(startMs)
    expect(all).toHaveLength(12 + 12 + 40)
    expect(all.every(({ state }) => state === "ahead")).toBe(true)
    expect(all[0]).toMatchObject({ key: "hour-1", n: 1, of: 12, dueAt: new Date(startMs + 3_000).toISOString() })
    expect(all.at(-1)).toMatchObject({ key: "day-40", dueAt: new Date(startMs + 864_000).toISOString() })
  })

  it("tells what is open, done, not fine, missed, due and ahead apart", () => {
    const { cells, open, judge, miss } = day()
    open(1, [{ itemKey: "a", ok: true, words: "fine" }])
    judge(1, "b", true)
    open(2)
    judge(2, "a", true)
    judge(2, "b", false, "Slow")
    open(3, [{ itemKey: "a", ok: true, words: "fine" }])
    miss(3)
    open(4, [{ itemKey: "a", ok: null, words: "No data" }])
    const all = cells(startMs + 26 * MINUTE)
    expect(all.slice(0, 6).map(({ state }) => state)).toEqual(["done", "not_fine", "missed", "open", "late", "ahead"])
    expect(countCells(all)).toEqual([
      { state: "ahead", count: 59 },
      { state: "late", count: 1 },
      { state: "open", count: 1 },
      { state: "done", count: 1 },
      { state: "not_fine", count: 1 },
      { state: "missed", count: 1 },
    ])
    expect(nextCell(all)?.key).toBe("hour-5")
    const looks = Object.values(cellLooks)
    expect(new Set(looks.map(({ tone }) => tone)).size, "each state has a shape of its own").toBe(looks.length)
  })

  it("after their end, nothing is open or ahead any more", () => {
    const { timeline, rounds, cells, open } = day()
    open(1)
    timeline.append([{ type: "round.ended", actor: console_, data: { reason: "The release was closed." } }])
    const all = cells(startMs + 7 * MINUTE)
    expect(all.every(({ state }) => state === "never")).toBe(true)
    expect(nextCell(all)).toBeNull()
    expect(openRounds(rounds())).toEqual([])
    expect(currentRounds(rounds(), startMs + 7 * MINUTE)).toEqual([])
  })

  it("arrows lead along the day and to the same place of the next band", () => {
    const all = day().cells(startMs)
    expect(stepFrom(all, 0, "ArrowLeft")).toBe(0)
    expect(stepFrom(all, 11, "ArrowRight")).toBe(12)
    expect(stepFrom(all, 2, "ArrowDown")).toBe(14)
    expect(stepFrom(all, 63, "ArrowUp"), "a shorter band ends before").toBe(23)
    expect(stepFrom(all, 63, "ArrowDown")).toBe(63)
    expect([stepFrom(all, 5, "Home"), stepFrom(all, 5, "End"), stepFrom(all, 5, "x")]).toEqual([0, 63, null])
  })
})

describe("the round of now", () => {
  it("asks for what nobody answered, first, and stays to be changed until it closes", () => {
    const { rounds, open, judge } = day()
    open(1, [{ itemKey: "a", ok: true, words: "Error rate 0.2 %" }])
    const [round] = openRounds(rounds())
    if (!round) throw new Error("no round is open")
    expect(roundParts(round, bands[0])).toMatchObject([
      { item: { key: "b" }, ok: null, asksPerson: true },
      { item: { key: "a" }, ok: true, words: "Error rate 0.2 %", by: null, asksPerson: false },
    ])
    judge(1, "b", true)
    expect(openRounds(rounds())).toEqual([])
    expect(currentRounds(rounds(), startMs + 9 * MINUTE).map(({ key, status }) => [key, status])).toEqual([
      ["hour-1", "done"],
    ])
    expect(currentRounds(rounds(), startMs + 10 * MINUTE)).toEqual([])
  })
})
