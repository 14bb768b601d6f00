import { expect, test } from "vitest"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { checklistProgress } from "@/lib/domain/checklist/progress"
import { person, START, Timeline } from "@/lib/domain/release/release.fixture"
import { sectionsOf } from "./checklist-sections"
import { type ChecklistView, passes, queryOf, viewOf, wholeChecklist } from "./checklist-view"

const nowMs = Date.parse(START)
const who = { meId: "tess", nowMs }

/** `manual` is Tess's and overdue, `checked` has failed, `strict` was passed by Dora. */
function prepared() {
  const timeline = new Timeline()
  const dora = person("dora", "devops")
  timeline.append([
    {
      type: "checklist.item_assigned",
      actor: dora,
      data: { itemKey: "manual", assignee: { id: "tess", name: "Tess" } },
    },
    {
      type: "checklist.item_due_set",
      actor: dora,
      data: { itemKey: "manual", dueAt: new Date(nowMs - 1).toISOString() },
    },
    { type: "checklist.item_failed", actor: dora, data: { itemKey: "checked", evidence: null, note: "500" } },
    { type: "checklist.item_passed", actor: dora, data: { itemKey: "strict", evidence: null, note: "seen" } },
  ])
  return timeline.state
}

test.each([
  [{}, ["manual", "checked", "strict"]],
  [{ chips: ["open"] }, ["manual"]],
  [{ chips: ["open", "failed"] }, ["manual", "checked"]],
  [{ chips: ["failed", "automatic"] }, ["checked"]],
  [{ chips: ["failed", "manual"] }, []],
  [{ chips: ["mine"] }, ["manual"]],
  [{ chips: ["overdue"] }, ["manual"]],
  [{ text: "tess" }, ["manual"]],
] satisfies [Partial<ChecklistView>, string[]][])("%j lets through what it names", (view, keys) => {
  const { items } = prepared()
  const through = Object.values(items).filter((item) =>
    passes({ ...wholeChecklist, ...view }, item, itemStatus(item, nowMs), who),
  )
  expect(through.map(({ key }) => key)).toEqual(keys)
})

test("what has been done is not overdue any more", () => {
  const { manual } = prepared().items
  if (!manual) throw new Error("no item")
  const view: ChecklistView = { ...wholeChecklist, chips: ["overdue"] }
  expect(passes(view, manual, "open", who)).toBe(true)
  expect(passes(view, manual, "passed", who)).toBe(false)
})

test("a view survives its way through an address, and nonsense in one means the whole checklist", () => {
  const view: ChecklistView = { sorting: "person", chips: ["failed", "mine"], text: "a & b" }
  expect(viewOf(new URLSearchParams(queryOf(view)))).toEqual(view)
  expect(queryOf(wholeChecklist)).toBe("")
  expect(viewOf(new URLSearchParams("by=colour&show=blue,failed"))).toEqual({ ...wholeChecklist, chips: ["failed"] })
})

test("put together by person it begins with oneself; by state with what failed; nothing is lost", () => {
  const state = prepared()
  const sections = (by: ChecklistView["sorting"]) => sectionsOf(by, state, checklistProgress(state, nowMs), who)
  expect(sections("person").map(({ title, items }) => [title, items.length])).toEqual([
    ["Tess (you)", 1],
    ["Not assigned", 2],
  ])
  expect(sections("state").map(({ title }) => title)).toEqual(["Failed", "Open", "Passed"])
  expect(sections("role").map(({ title, counts }) => [title, counts.done, counts.total])).toEqual([["DevOps", 1, 3]])
  for (const by of ["group", "role", "person", "state"] as const) {
    expect(sections(by).flatMap(({ items }) => items)).toHaveLength(3)
  }
})
