import { expect, test } from "vitest"
import { mergeByCommit } from "./commit-order"

const rows = (...ids: string[]) => ids.map((id) => ({ id }))

test("appends what is newer, by number and not by letter", () => {
  expect(mergeByCommit(rows("9"), rows("10", "11"))).toEqual(rows("9", "10", "11"))
})

test("history that arrives after the stream goes before it, each row once", () => {
  expect(mergeByCommit(rows("10", "11"), rows("8", "9", "10"))).toEqual(rows("8", "9", "10", "11"))
})

test("keeps its identity when nothing is new", () => {
  const known = rows("1", "2")
  expect(mergeByCommit(known, rows("2"))).toBe(known)
  expect(mergeByCommit(known, [])).toBe(known)
})
