import { expect, test } from "vitest"
import { addressOf, queryOf, readFilter } from "./read-filter"

const read = (query: string) => readFilter(new URLSearchParams(query))

test("an address and its filter say the same, there and back", () => {
  const address = addressOf({ status: "unresolved", service: "postd", before: "2026-11-29T10:00:00.000Z" })
  const filter = read(address.split("?")[1] ?? "")
  expect(filter).toEqual({ status: "unresolved", service: "postd", before: "2026-11-29T10:00:00.000Z" })
  expect(queryOf(filter)).toEqual(filter)
})

test("the plain address shows everything", () => {
  expect(addressOf({ status: "all", service: "", before: "" })).toBe("/incidents")
  expect(queryOf(read(""))).toEqual({})
})

test("nonsense is taken as if it were not there", () => {
  expect(read("status=on-fire&before=yesterday")).toEqual({ status: "all", service: "", before: "" })
})
