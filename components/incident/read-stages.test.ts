import { expect, test } from "vitest"
import { incident, startMs } from "./incident.fixture"
import { readStages } from "./read-stages"

const tick = (at: string) => ({ by: "Ada", at })
function stage(key: string, deadlineMs: number | null, ...done: (string | null)[]) {
  const actions = done.map((at, n) => ({ title: `Action ${n}`, done: at ? tick(at) : null }))
  return { key, title: key, within: "soon", deadlineMs, actions }
}
const early = "2026-11-29T10:00:30.000Z"
const late = "2026-11-29T10:02:00.000Z"
const words = (stages: ReturnType<typeof stage>[], nowMs = startMs) =>
  readStages(incident({ stages }), 1, nowMs).map(({ look }) => look.word)

test("the first stage with something left to do is the one that is on", () => {
  const stages = [
    stage("immediate", 60_000, early),
    stage("assessment", 300_000, null),
    stage("talk", null, null, early),
  ]
  expect(words(stages)).toEqual(["Done", "Now", "Begun"])
})

test("late: its time is over and it is not done, or it was done too late", () => {
  expect(words([stage("immediate", 60_000, null)], startMs + 60_001)).toEqual(["Late"])
  const [done] = readStages(incident({ stages: [stage("immediate", 60_000, early, late)] }), 1, startMs)
  expect(done).toMatchObject({ late: true, doneAt: late, done: 2, total: 2, look: { word: "Done" } })
})

test("after it is resolved no further stage becomes late", () => {
  const resolved = { by: "Ada", at: early, how: "fixed", words: "" } as const
  const stages = [stage("assessment", 60_000, null)]
  const [reading] = readStages(incident({ stages, status: "resolved", resolved }), 1, startMs + 900_000)
  expect(reading).toMatchObject({ late: false })
})
