import { expect, test } from "vitest"
import { mentionAt, mentionedIn, partsOf, suggestions } from "./read-mentions"

const people = [
  { id: "1", name: "Lena", email: "lead@x.example" },
  { id: "2", name: "Lena Ortiz", email: "ortiz@x.example" },
  { id: "3", name: "Devon Ops (night)", email: "devon@x.example" },
]

test("what is typed after an @ is a mention only at the beginning of a word", () => {
  expect(mentionAt("Hi @le", 6)).toEqual({ from: 3, typed: "le" })
  expect(mentionAt("@", 1)).toEqual({ from: 0, typed: "" })
  expect(mentionAt("lead@x.example", 14)).toBeNull()
  expect(mentionAt("@Lena\nand more", 14)).toBeNull()
  expect(mentionAt("Hi @le and more", 6)).toEqual({ from: 3, typed: "le" })
})

test("people are found by any word of their name and by their address", () => {
  expect(suggestions(people, "or").map(({ id }) => id)).toEqual(["2"])
  expect(suggestions(people, "lena o").map(({ id }) => id)).toEqual(["2"])
  expect(suggestions(people, "lead").map(({ id }) => id)).toEqual(["1"])
  expect(suggestions(people, "")).toHaveLength(3)
})

test("a longer name is not also a call of the shorter one", () => {
  expect(partsOf("@Lena Ortiz, @Lena: see", ["Lena", "Lena Ortiz"])).toEqual([
    { text: "@Lena Ortiz", mention: true },
    { text: ", ", mention: false },
    { text: "@Lena", mention: true },
    { text: ": see", mention: false },
  ])
  expect(mentionedIn("Ask @Lena Ortiz", people).map(({ id }) => id)).toEqual(["2"])
  expect(mentionedIn("@Lenas house, @Devon Ops (night)", people).map(({ id }) => id)).toEqual(["3"])
})
