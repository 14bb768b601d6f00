import { describe, expect, it } from "vitest"
import type { MetricRule } from "@/lib/domain/metric/rule"
import { decideClose } from "@/lib/domain/release/decide-close"
import { errorRule, person, refusalOf, Timeline, typesOf } from "@/lib/domain/release/release.fixture"
import { decideVerdict } from "@/lib/domain/verification/decide-verification"
import { decideAfterDue, openAfterList } from "./decide-after-due"
import { decideFollowup } from "./decide-followup"
import { judgeFirstDay, judgeLastDay, type MeasuredHour } from "./judge-spans"

const lena = person("lena", "tech_lead")
const CONSOLE = { type: "console", reason: "three days have passed" } as const

function watched(): Timeline {
  const timeline = new Timeline().live()
  const verdict = { runId: "verify", verdict: "pass", reasons: [], doesNotUndo: [] } as const
  const watch = { runId: "watch", input: {}, steps: [] }
  timeline.tell(decideVerdict(timeline.state, { ...verdict, reasons: [], doesNotUndo: [], watch }, lena))
  const followups = (["record", "rule", null] as const).map((proof, index) => {
    return { key: `after:${index}`, title: `Item ${index}`, detail: "", commands: [], proof, dueAt: null }
  })
  timeline.append([{ type: "followup.opened", actor: lena, data: { list: "after", followups } }])
  return timeline
}

describe("when three days are over", () => {
  it("what is so is ticked with its figures, and people are told of the rest, with what was found", () => {
    const timeline = watched()
    const findings = [
      { followupKey: "after:0", ok: true, words: "No critical incident." },
      { followupKey: "after:1", ok: false, words: "Error rate 0.7 % in the worst hour." },
    ]
    expect(typesOf(decideAfterDue(timeline.state, findings, CONSOLE))).toEqual(["followup.done", "followup.due"])
    timeline.tell(decideAfterDue(timeline.state, findings, CONSOLE))
    expect(timeline.state.followups).toMatchObject({
      "after:0": { done: { by: "Golive", note: "No critical incident." }, found: null },
      "after:1": { done: null, found: { words: "Error rate 0.7 % in the worst hour." }, revision: 0 },
      "after:2": { done: null, found: null },
    })
    expect(timeline.events.at(-1)).toMatchObject({
      data: { left: [{ title: "Item 1" }, { title: "Item 2", words: null }] },
    })
    expect(timeline.refold()).toEqual(timeline.state)
  })

  it("too little is never a tick; what people ticked stays theirs; with nothing left nobody is told", () => {
    const timeline = watched()
    for (const key of ["after:1", "after:2"]) {
      timeline.tell(decideFollowup(timeline.state, key, { revision: 0, done: true, note: "Seen" }, lena))
    }
    const open = (ok: boolean | null) => [{ followupKey: "after:0", ok, words: "x" }]
    expect(typesOf(decideAfterDue(timeline.state, open(null), CONSOLE))).toEqual(["followup.due"])
    expect(typesOf(decideAfterDue(timeline.state, open(true), CONSOLE))).toEqual(["followup.done"])
  })
})

describe("closing", () => {
  it("with something left names it and asks for a note; without, it asks for none", () => {
    const timeline = watched()
    const refusal = refusalOf(decideClose(timeline.state, { note: " " }, lena))
    expect(refusal).toMatchObject({ code: "invalid", field: "note", detail: { open: ["Item 0", "Item 1", "Item 2"] } })
    expect(refusal.message).toContain("Item 0, Item 1, Item 2")
    expect(decideClose(timeline.state, { note: "Superseded" }, lena).ok).toBe(true)
    for (const { key } of openAfterList(timeline.state)) {
      timeline.tell(decideFollowup(timeline.state, key, { revision: 0, done: true }, lena))
    }
    timeline.tell(decideClose(timeline.state, { note: null }, lena))
    expect(openAfterList(timeline.state)).toEqual([])
  })

  it("of a release that was rolled back does not ask for what its version left", () => {
    const { state } = watched()
    expect(decideClose({ ...state, status: "rolled_back" }, { note: null }, lena).ok).toBe(true)
  })
})

describe("the last day", () => {
  const rule: MetricRule = { ...errorRule, comparison: ">=", limit: 0.005, forMs: 0, minRequests: 0 }
  const hours = (n: number, mean: number, readings = 720): MeasuredHour[] =>
    Array.from({ length: n }, () => ({ readings, mean }))

  it.each([
    ["every hour is fine", hours(24, 0.001), true, "0.1 % on average over the last 24 hours, 0.1 % in the worst hour"],
    ["one hour is bad, the day as a whole is not", [...hours(23, 0), { readings: 720, mean: 0.006 }], false, "0.6 %"],
    ["at the limit is bad, as the rule says", [...hours(23, 0), ...hours(1, 0.005)], false, "0.5 % in the worst hour"],
    ["an hour is missing", hours(23, 0), null, "Measured in 23 of 24 hours only."],
    ["an hour has too few readings", [...hours(23, 0), ...hours(1, 0, 2)], null, "23 of 24"],
    ["bad is bad, also where hours are missing", hours(2, 0.9), false, "90 %"],
    ["nothing", [], null, "nothing was measured"],
  ] as const)("%s", (_, measured, ok, words) => {
    expect(judgeLastDay(rule, measured)).toEqual({ ok, words: expect.stringContaining(words) })
  })

  it("low is bad where the rule says so", () => {
    const up: MetricRule = { ...rule, metric: "uptime", comparison: "<", limit: 0.99 }
    expect(judgeLastDay(up, [...hours(23, 1), ...hours(1, 0.9)])).toMatchObject({ ok: false })
  })

  it("the first day is fine where nothing critical happened, and somebody was looking", () => {
    expect(judgeFirstDay([], hours(24, 0)).ok).toBe(true)
    expect(judgeFirstDay([], hours(23, 0)).ok).toBeNull()
    expect(judgeFirstDay(["Error rate > 10%"], hours(24, 0))).toMatchObject({
      ok: false,
      words: "In the first 24 hours: Error rate > 10%.",
    })
  })
})
