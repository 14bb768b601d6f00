import fc from "fast-check"
import { expect, test } from "vitest"
import { changedLines } from "./changed-lines"

test("both texts can be read from what changed, and nothing changes in the same", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((all) => all.join("\n"))
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const changes = changedLines(before, after)
      const side = (not: string) =>
        changes
          .filter(({ how }) => how !== not)
          .map(({ text }) => text)
          .join("\n")
      expect(side("added")).toBe(before)
      expect(side("removed")).toBe(after)
      if (before === after) expect(changes.every(({ how }) => how === "same")).toBe(true)
    }),
  )
})

test("a line put in between is the only change", () => {
  expect(changedLines("a\nb\nc", "a\nx\nb\nc").filter(({ how }) => how !== "same")).toEqual([
    { how: "added", text: "x" },
  ])
})
