import { expect, test } from "vitest"
import { foldGroups } from "./fold-groups"

const log = (...texts: string[]) => texts.map((text, index) => ({ id: String(index), text }))
const shown = (texts: string[], turned: string[] = []) =>
  foldGroups(log(...texts), new Set(turned)).map((row) =>
    row.kind === "line" ? `${row.n} ${row.line.text}` : `${row.open ? "v" : ">"} ${row.title} (${row.lines})`,
  )

test("a log without groups is its lines", () => {
  expect(shown(["a", "::notgroup::b", "c"])).toEqual(["1 a", "2 ::notgroup::b", "3 c"])
})

test("what has ended is closed, what goes on is open, and each can be turned", () => {
  const texts = ["before", "::group::Install", "x", "y", "::endgroup::", "between", "::group::Build", "z"]
  expect(shown(texts)).toEqual(["1 before", "> Install (2)", "6 between", "v Build (1)", "8 z"])
  expect(shown(texts, ["1", "6"])).toEqual(["1 before", "v Install (2)", "3 x", "4 y", "6 between", "> Build (1)"])
})

test("groups that are not ended end with the next; an end without a beginning is nothing", () => {
  expect(shown(["::endgroup::", "::group::A", "a", "::group::B", "b", "::endgroup::", "c"])).toEqual([
    ...["> A (1)", "> B (1)", "7 c"],
  ])
})

test("marks of other tools, and colours in titles", () => {
  const texts = [
    "##[group]Azure",
    "a",
    "##[endgroup]",
    "::group::\u001b[32mgreen\u001b[0m title",
    "::endgroup::",
    "::group::",
  ]
  expect(shown(texts)).toEqual(["> Azure (1)", "> green title (0)", "v Group (0)"])
})
