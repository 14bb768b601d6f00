import { expect, test } from "vitest"
import type { Work } from "@/lib/client/work-query"
import { type AssignedItem, inOrder, isOverdue, openWork } from "./read-work"

const item = (itemKey: string, more: Partial<AssignedItem> = {}): AssignedItem => ({
  releaseId: "r",
  releaseName: "R",
  itemKey,
  title: itemKey,
  status: "open",
  dueAt: null,
  ...more,
})
const mention = (at: string): Work["mentions"][number] => ({
  releaseId: "r",
  releaseName: "R",
  itemKey: "a",
  title: "A",
  commentId: at,
  by: "Dora",
  at,
  text: "@Lena",
})
const signature: Work["signatures"][number] = {
  releaseId: "r",
  releaseName: "R",
  role: "security",
  title: "Security",
  onBehalfOf: null,
  reason: null,
  reminded: null,
}
const given = { releaseId: "r", releaseName: "R" }
const NOW = Date.parse("2026-11-24T12:00:00.000Z")

test("what is due first comes first, what has no date after it, what is done last", () => {
  const assigned = [
    item("done", { status: "passed", dueAt: "2026-11-20T00:00:00.000Z" }),
    item("dateless"),
    item("later", { dueAt: "2026-11-25T00:00:00.000Z" }),
    item("overdue", { dueAt: "2026-11-24T11:00:00.000Z", status: "stale" }),
  ]
  expect(inOrder(assigned).map(({ itemKey }) => itemKey)).toEqual(["overdue", "later", "dateless", "done"])
  expect(assigned.filter((one) => isOverdue(one, NOW)).map(({ itemKey }) => itemKey)).toEqual(["overdue"])
})

test("counts what holds a gate, the signatures, rounds and follow-ups that are awaited, and the mentions since the last look", () => {
  const work = {
    assigned: [item("a"), item("b", { status: "waived" }), item("c", { status: "failed" })],
    signatures: [signature],
    rounds: [{ ...given, roundKey: "first-hour-1", itemKey: "a", title: "A", closesAt: "2026-11-24T12:05:00.000Z" }],
    followups: [{ ...given, followupKey: "after:users", title: "Users", list: "after" as const, dueAt: null }],
    mentions: [mention("2026-11-24T10:00:00.000Z"), mention("2026-11-24T11:00:00.000Z")],
  }
  expect(openWork(work, "2026-11-24T10:00:00.000Z")).toEqual({ items: 5, mentions: 1 })
  expect(openWork(work, null)).toEqual({ items: 5, mentions: 0 })
  expect(openWork(undefined, null)).toEqual({ items: 0, mentions: 0 })
})
