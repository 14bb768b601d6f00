import { expect, test } from "vitest"
import type { NoticeList, NoticeView } from "@/lib/contracts/api/notices"
import { compareSeqs, urgentSince, withMark, withNotice } from "./brought-notices"

const notice = (seq: string, severity: NoticeView["severity"] = "info"): NoticeView => ({
  ...{ id: `n${seq}`, seq, topic: "incident", severity, title: seq, text: "", href: "/", mine: false },
  service: { key: "postd", name: "POSTD" },
  at: "2026-11-29T12:00:00.000Z",
})
const list = (...notices: NoticeView[]): NoticeList => ({ notices, readSeq: "9", unread: 0, more: false })

test("one that comes twice is there once; one that comes late takes its place", () => {
  const first = withNotice(list(notice("9")), notice("11"))
  const late = withNotice(withNotice(first, notice("11")), notice("10"))
  expect(late.notices.map(({ seq }) => seq)).toEqual(["11", "10", "9"])
  expect(late.unread).toBe(2)
})

test("what is read already does not count, and 100 stands for more", () => {
  expect(withNotice(list(), notice("8")).unread).toBe(0)
  expect(withNotice({ ...list(), unread: 100 }, notice("12")).unread).toBe(100)
})

test("the mark never goes back", () => {
  const read = withMark({ ...list(), unread: 3 }, { readSeq: "12", unread: 0 })
  expect(read).toMatchObject({ readSeq: "12", unread: 0 })
  expect(withMark(read, { readSeq: "11", unread: 1 })).toBe(read)
})

test("only what is critical, new and unread is said at once, the oldest first", () => {
  const all = list(notice("13", "critical"), notice("12", "critical"), notice("11"), notice("9", "critical"))
  expect(urgentSince(all, "10").map(({ seq }) => seq)).toEqual(["12", "13"])
  expect(urgentSince(all, "12").map(({ seq }) => seq)).toEqual(["13"])
  expect(urgentSince({ ...all, readSeq: "13" }, "10")).toEqual([])
})

test("numbers longer than a number holds", () => {
  expect(compareSeqs("9007199254740993", "9007199254740992")).toBeGreaterThan(0)
  expect(compareSeqs("10", "9")).toBeGreaterThan(0)
  expect(compareSeqs("7", "7")).toBe(0)
})
