import { expect, test } from "vitest"
import { nameOf, whenOf } from "./shift-in-words"

const range = { fromMs: Date.parse("2026-11-23T05:00:00Z"), toMs: Date.parse("2026-12-28T05:00:00Z") }
const person = { id: "00000000-0000-4000-8000-00000000000a", name: "Ada", disabled: false }
const shift = { start: "2026-11-30T14:00:00.000Z", end: "2026-12-07T14:00:00.000Z", person, overrideId: null }

test("the end of what is shown is not the end of a shift", () => {
  const [start, end] = [new Date(range.fromMs).toISOString(), new Date(range.toMs).toISOString()]
  const when = (more: Partial<typeof shift>) => whenOf({ ...shift, ...more }, range, "America/New_York")
  expect([when({}), when({ start }), when({ end }), when({ start, end })]).toEqual([
    "Mon 30 Nov, 09:00 to Mon 7 Dec, 09:00",
    "until Mon 7 Dec, 09:00",
    "from Mon 30 Nov, 09:00 on",
    "all these weeks",
  ])
})

test("who it is, in words", () => {
  expect(nameOf(shift)).toBe("Ada")
  expect(nameOf({ ...shift, person: null })).toBe("Nobody")
  expect(nameOf({ ...shift, person: { ...person, disabled: true }, overrideId: person.id })).toBe(
    "Ada (disabled), taken over",
  )
})
