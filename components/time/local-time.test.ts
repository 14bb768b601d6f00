import { expect, it } from "vitest"
import { instantOfLocalTime, localTimeOf } from "./local-time"

it("a field's local time and an instant lead to each other, through a change of the clocks", () => {
  const at = "2026-11-24T14:30:00.000Z"
  expect(localTimeOf(Date.parse(at), "America/New_York")).toBe("2026-11-24T09:30")
  expect(instantOfLocalTime("2026-11-24T09:30", "America/New_York")).toBe(at)
  expect(localTimeOf(Date.parse("2026-07-01T14:30:00.000Z"), "America/New_York")).toBe("2026-07-01T10:30")
  expect(instantOfLocalTime("2026-11-24T09", "America/New_York"), "half typed").toBeNull()
})
