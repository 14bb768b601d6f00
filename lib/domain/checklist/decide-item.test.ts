import { describe, expect, it } from "vitest"
import { person, refusalOf, START, Timeline, typesOf, worker } from "@/lib/domain/release/release.fixture"
import { decideCheckRequest, decideCheckResult } from "./decide-check"
import { decideItemChange, type ItemCommand, itemChangeAction } from "./decide-item"
import { itemStatus } from "./item-status"
import { checklistProgress } from "./progress"

const dora = person("dora", "devops")
const DAY_MS = 86_400_000
const evidence = { id: "e", kind: "text", summary: "seen", sha256: "s", resultHash: "h", at: START, by: "Dora" }

function change(timeline: Timeline, command: Omit<ItemCommand, "revision"> & { revision?: number }) {
  const revision = command.revision ?? timeline.state.items[command.itemKey]?.revision ?? 0
  return decideItemChange(timeline.state, { ...command, revision }, dora, timeline.now)
}

describe("decideItemChange", () => {
  it("ticks and un-ticks, and raises the revision each time", () => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "manual", state: "passed", evidence }))
    expect(timeline.state.items.manual).toMatchObject({
      state: "passed",
      revision: 1,
      by: "Dora",
      evidence: { id: "e" },
    })
    timeline.tell(change(timeline, { itemKey: "manual", state: "open" }))
    expect(timeline.state.items.manual).toMatchObject({ state: "open", revision: 2, evidence: null })
  })

  it("refuses a stale revision with the current item", () => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "manual", state: "failed", note: "broken" }))
    const refusal = refusalOf(change(timeline, { itemKey: "manual", state: "passed", revision: 0 }))
    expect(refusal.code).toBe("stale")
    expect(refusal.detail).toEqual({ current: timeline.state.items.manual })
  })

  it.each(["nothing", "constructor", "__proto__"])("does not know %s", (itemKey) => {
    expect(refusalOf(change(new Timeline(), { itemKey, state: "passed", revision: 0 })).code).toBe("not_found")
  })

  it("changes nothing when it is already so", () => {
    const timeline = new Timeline()
    expect(typesOf(change(timeline, { itemKey: "manual", state: "open" }))).toEqual([])
    timeline.tell(change(timeline, { itemKey: "manual", state: "passed", note: "ok" }))
    expect(typesOf(change(timeline, { itemKey: "manual", state: "passed", note: "ok" }))).toEqual([])
    expect(typesOf(change(timeline, { itemKey: "manual", state: "passed", note: "other" }))).toHaveLength(1)
    expect(typesOf(change(timeline, { itemKey: "manual", state: "passed", evidence }))).toHaveLength(1)
  })

  it("renews what has become stale", () => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "checked", state: "passed", note: "by hand" }))
    timeline.wait(DAY_MS)
    expect(typesOf(change(timeline, { itemKey: "checked", state: "passed", note: "by hand" }))).toHaveLength(1)
  })

  it.each([
    ["an item with a check needs a note when ticked by hand", "checked", "passed", undefined, "note"],
    ["blank is no note", "checked", "passed", "  ", "note"],
    ["a waiver needs a reason", "manual", "waived", undefined, "note"],
    ["so does not applicable", "manual", "not_applicable", undefined, "note"],
    ["some items can never be waived", "strict", "waived", "please", "state"],
    ["nor be declared not applicable", "strict", "not_applicable", "please", "state"],
    ["a note belongs to a state", "manual", undefined, "hello", "note"],
  ] as const)("%s", (_, itemKey, state, note, field) => {
    const refusal = refusalOf(
      change(new Timeline(), { itemKey, ...(state ? { state } : {}), ...(note ? { note } : {}) }),
    )
    expect(refusal).toMatchObject({ code: "invalid", field })
  })

  it.each(["waived", "not_applicable"] as const)("%s with a reason, by another right", (state) => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "manual", state, note: "old system" }))
    expect(timeline.state.items.manual).toMatchObject({ state, note: "old system" })
    expect(itemChangeAction({ state })).toBe("checklist.waive")
    expect(itemChangeAction({ state: "passed" })).toBe("checklist.edit")
  })

  it("only while the release is prepared; comments and names until it is closed", () => {
    const timeline = new Timeline().live()
    expect(refusalOf(change(timeline, { itemKey: "manual", state: "open" })).code).toBe("conflict")
    const command = { itemKey: "manual", assignee: { id: "oz", name: "Oz" }, comment: { id: "c", text: "why?" } }
    expect(typesOf(change(timeline, command))).toEqual(["checklist.item_assigned", "checklist.comment_added"])
    timeline.append([{ type: "release.closed", actor: dora, data: { note: null } }])
    expect(refusalOf(change(timeline, command)).code).toBe("conflict")
  })

  it("takes a comment from a page that is behind, and makes no other page stale by it", () => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "manual", dueAt: "2026-11-24T10:00:00+01:00" }))
    expect(timeline.state.items.manual).toMatchObject({ dueAt: "2026-11-24T09:00:00.000Z", revision: 1 })
    timeline.tell(change(timeline, { itemKey: "manual", comment: { id: "c", text: "hm" }, revision: 0 }))
    expect(timeline.state.items.manual).toMatchObject({ revision: 1, comments: [{ text: "hm", by: { name: "Dora" } }] })
  })

  it("refuses all when one part is refused", () => {
    const command = { itemKey: "strict", state: "waived" as const, note: "x", comment: { id: "c", text: "y" } }
    expect(refusalOf(change(new Timeline(), command)).code).toBe("invalid")
  })
})

describe("itemStatus", () => {
  it.each([1, 0.01])("time scale %d: proof ages by the clock, with evidence and without", (timeScale) => {
    const ageMs = DAY_MS
    for (const proof of [{ evidence }, { note: "by hand" }]) {
      const timeline = new Timeline({ timeScale })
      timeline.tell(change(timeline, { itemKey: "checked", state: "passed", note: "ok", ...proof }))
      const item = timeline.state.items.checked
      if (!item) throw new Error("no item")
      expect(itemStatus(item, Date.parse(START) + ageMs - 1)).toBe("passed")
      expect(itemStatus(item, Date.parse(START) + ageMs)).toBe("stale")
    }
  })

  it("only what passed becomes stale", () => {
    expect(itemStatus({ state: "waived", validUntil: START }, Date.parse(START) + 1)).toBe("waived")
  })
})

describe("checklistProgress", () => {
  it("counts by status, group and owner", () => {
    const timeline = new Timeline()
    timeline.tell(change(timeline, { itemKey: "checked", state: "passed", note: "ok" }))
    timeline.tell(change(timeline, { itemKey: "manual", state: "waived", note: "ok" }))
    const now = checklistProgress(timeline.state, timeline.nowMs)
    expect(now).toMatchObject({ total: 3, done: 2, byStatus: { passed: 1, waived: 1, open: 1, stale: 0 } })
    const later = checklistProgress(timeline.state, timeline.nowMs + DAY_MS)
    expect(later).toMatchObject({
      done: 1,
      byStatus: { stale: 1 },
      byGroup: { all: { done: 1 } },
      byOwner: { devops: { total: 3 } },
    })
  })
})

describe("checks", () => {
  const asked = (timeline = new Timeline()) => {
    timeline.tell(decideCheckRequest(timeline.state, { itemKey: "checked", runId: "c" }, dora))
    return timeline
  }
  const found = { itemKey: "checked", runId: "c", evidence, message: "200 OK" }

  it("is asked for once, with its run", () => {
    const decision = decideCheckRequest(new Timeline().state, { itemKey: "checked", runId: "c", input: 1 }, dora)
    expect(typesOf(decision)).toEqual(["run.queued", "checklist.check_requested"])
    expect(decision).toMatchObject({ runs: [{ id: "c", kind: "check", input: 1 }] })
    expect(typesOf(decideCheckRequest(asked().state, { itemKey: "checked", runId: "d" }, dora))).toEqual([])
  })

  it.each([
    ["manual", "invalid"],
    ["nothing", "not_found"],
  ])("%s has none", (itemKey, code) => {
    expect(refusalOf(decideCheckRequest(new Timeline().state, { itemKey, runId: "c" }, dora)).code).toBe(code)
  })

  it.each(["passed", "failed"] as const)("%s: ends the run and sets how long it holds", (outcome) => {
    const timeline = asked()
    timeline.tell(decideCheckResult(timeline.state, { ...found, outcome }, worker("c")))
    expect(timeline.state.items.checked).toMatchObject({ state: outcome, checking: null, note: "200 OK" })
    expect(timeline.state.items.checked?.evidence?.validUntil).toBe("2026-11-24T16:00:00.000Z")
    expect(timeline.state.runs.c).toMatchObject({ status: outcome, outcome: "200 OK" })
    expect(typesOf(decideCheckResult(timeline.state, { ...found, outcome }, worker("c")))).toEqual([])
  })

  it("that could not be carried out leaves the item as it was", () => {
    const timeline = asked()
    timeline.tell(decideCheckResult(timeline.state, { ...found, evidence: null, outcome: "errored" }, worker("c")))
    expect(timeline.state.items.checked).toMatchObject({ state: "open", checking: null, revision: 0 })
    expect(timeline.state.runs.c?.status).toBe("inconclusive")
  })

  it("does not overrule a waiver that came meanwhile", () => {
    const timeline = asked()
    timeline.tell(change(timeline, { itemKey: "checked", state: "waived", note: "agreed" }))
    timeline.tell(decideCheckResult(timeline.state, { ...found, outcome: "failed" }, worker("c")))
    expect(timeline.state.items.checked).toMatchObject({ state: "waived", checking: null })
  })

  it("comes too late once the deployment has begun", () => {
    const timeline = asked()
    timeline.live()
    expect(typesOf(decideCheckResult(timeline.state, { ...found, outcome: "failed" }, worker("c")))).toEqual([
      "checklist.check_errored",
      "run.finished",
    ])
  })

  it("goes on when a person ticks by hand, and its result counts", () => {
    const timeline = asked()
    timeline.tell(change(timeline, { itemKey: "checked", state: "passed", note: "looks fine" }))
    expect(timeline.state.items.checked?.checking?.runId).toBe("c")
    timeline.tell(decideCheckResult(timeline.state, { ...found, outcome: "failed" }, worker("c")))
    expect(timeline.state.items.checked?.state).toBe("failed")
  })
})
