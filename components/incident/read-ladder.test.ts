import { expect, test } from "vitest"
import { incident, level, startedAt, startMs } from "./incident.fixture"
import { readLadder } from "./read-ladder"

const ada = { id: "a", name: "Ada" }
const levels = [
  level(0, { afterMs: 0, page: "on-call", status: "paged", at: startedAt, people: [ada] }),
  level(1, { afterMs: 300_000, page: "backend-lead" }),
  level(2, { afterMs: 600_000, action: "rollback" }),
  level(3, { title: "Investigate" }),
]

test("each level says what it did or will do, and the next one is marked", () => {
  const ladder = readLadder(incident({ levels }), 1)
  expect(ladder.map(({ look, words }) => [look.word, words])).toEqual([
    ["Paged", "Ada"],
    ["Waits", "Calls backend-lead"],
    ["Waits", "Starts the rollback, counting down where everyone sees it"],
    ["By people", "No clock and nobody to call: the team does it in its turn"],
  ])
  expect(ladder.map(({ dueMs }) => dueMs)).toEqual([null, startMs + 300_000, startMs + 600_000, null])
  expect(ladder.map(({ next }) => next)).toEqual([false, true, false, false])
})

test("re-opened, the clocks count from then", () => {
  const escalatesFrom = "2026-11-29T12:00:00.000Z"
  expect(readLadder(incident({ levels, escalatesFrom }), 1)[1]?.dueMs).toBe(Date.parse(escalatesFrom) + 300_000)
})

test("clocks go by the release's time scale", () => {
  expect(readLadder(incident({ levels }), 0.1)[1]?.dueMs).toBe(startMs + 30_000)
})

test("held, skipped and acted are said as the record says them", () => {
  const served = [
    level(0, { status: "skipped", afterMs: 0, page: "on-call", words: "Nobody is on call" }),
    level(1, { status: "held", afterMs: 300_000, page: "backend-lead" }),
    level(2, { status: "acted", action: "rollback", afterMs: 600_000, words: "The rollback counts down" }),
    level(3, { status: "paged", notify: "team", people: [] }),
  ]
  expect(readLadder(incident({ levels: served }), 1).map(({ look, words }) => `${look.word}: ${words}`)).toEqual([
    "Skipped: Nobody is on call",
    "Held: Its time came while it was acknowledged",
    "Acted: The rollback counts down",
    "Told: team was reached",
  ])
})

test("acknowledged, nobody else is called; resolved, nothing is due any more", () => {
  const quiet = readLadder(incident({ levels, status: "acknowledged" }), 1)
  expect(quiet[1]?.words).toBe("backend-lead is not called while it is acknowledged")
  const over = readLadder(incident({ levels, status: "resolved" }), 1)
  expect(over[1]).toMatchObject({ dueMs: null, next: false, look: { word: "Not needed" } })
})
