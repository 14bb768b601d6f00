import { expect, test } from "vitest"
import { incident, startMs } from "./incident.fixture"
import { readRule } from "./read-rule"

const watching = { status: "watching", rollback: null, timeScale: 1 } as const
const high = incident({ severity: "high", fixWithinMs: 1_800_000 })

test("critical: going back is the thing to do, at once", () => {
  expect(readRule(incident(), watching, startMs)).toEqual({
    ...{ rollBackNow: true, offersRollback: true, repairDueMs: null, repairOver: false, cannot: null },
  })
})

test("high: a clock for the repair, and going back once it is over", () => {
  const dueMs = startMs + 1_800_000
  const before = { rollBackNow: false, offersRollback: true, repairDueMs: dueMs, repairOver: false }
  expect(readRule(high, watching, dueMs - 1)).toMatchObject(before)
  expect(readRule(high, watching, dueMs)).toMatchObject({ ...before, rollBackNow: true, repairOver: true })
  expect(readRule(high, { ...watching, timeScale: 0.01 }, startMs).repairDueMs).toBe(startMs + 18_000)
})

test("medium and low: words, and nothing to press", () => {
  for (const severity of ["medium", "low"] as const) {
    expect(readRule(incident({ severity }), watching, startMs).offersRollback).toBe(false)
  }
})

test("what cannot be rolled back is not offered, and it is said why", () => {
  expect(readRule(incident(), { ...watching, status: "closed" }, startMs)).toMatchObject({
    ...{ rollBackNow: false, offersRollback: false, cannot: expect.stringContaining("closed") },
  })
  expect(readRule(incident(), { ...watching, status: "preparing" }, startMs).cannot).toMatch(/nothing to go back/)
  expect(readRule(incident({ severity: "low" }), { ...watching, status: "closed" }, startMs).cannot).toBeNull()
})

test("over: the rule asks for nothing", () => {
  const over = readRule({ ...high, status: "resolved" }, watching, startMs + 9_000_000)
  expect(over).toMatchObject({ rollBackNow: false, repairDueMs: null, repairOver: false })
})
