import { describe, expect, it } from "vitest"
import { clock, facts, IncidentStory, MINUTE_MS } from "@/lib/domain/incident/incident.fixture"
import { person, worker } from "@/lib/domain/release/release.fixture"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { followFrom } from "./follow-from"

const breached = (triggerKey = "errors"): NewEvent => ({
  type: "trigger.breached",
  actor: worker("verify"),
  data: { triggerKey, words: "Errors at 40 %.", runId: null },
})
const threshold = (level: "critical" | "warning", key = "uptime"): NewEvent => ({
  type: "threshold.breached",
  actor: clock,
  data: { key, level, title: "Uptime < 99%", words: "Uptime at 90 %." },
})
const failed: NewEvent = {
  type: "rollback.failed",
  actor: worker("back"),
  data: { runId: "back", reason: "It does not answer." },
}

let ids = 0
function follows(story: IncidentStory, ...events: NewEvent[]) {
  const found = followFrom(story.state, events, { facts, nowIso: story.now, newId: () => `i${++ids}` })
  story.append([...events, ...found.events])
  return found
}
const live = () => new IncidentStory().live() as IncidentStory
const open = (story: IncidentStory) => Object.values(story.state.incidents)

describe("an incident follows", () => {
  it.each([
    ["an automatic trigger", breached(), "critical", "trigger"],
    ["a trigger that asks", breached("database"), "high", "trigger"],
    ["a critical threshold", threshold("critical"), "critical", "threshold"],
    ["a rollback that failed", failed, "critical", "rollback"],
  ] as const)("from %s", (_, event, severity, kind) => {
    const story = live()
    const { timers, cancelTimersOf } = follows(story, event)
    const [incident] = open(story)
    expect(incident).toMatchObject({ severity, status: "open", startedAt: story.now, cause: { kind }, number: 1 })
    expect(timers.every(({ subject }) => subject === `incident:${incident?.id}`)).toBe(true)
    expect(cancelTimersOf).toEqual([`incident:${incident?.id}`])
    expect(timers.filter(({ kind: each }) => each === "incident_level")).toHaveLength(severity === "critical" ? 4 : 1)
  })

  it("not from a warning, an observed trigger, or one that nobody knows", () => {
    const story = live()
    const { errors } = story.state.triggers
    if (!errors?.rule) throw new Error("there is no rule")
    follows(story, threshold("warning"), breached("toString"))
    const observed = { ...errors, rule: { ...errors.rule, observeOnly: true } }
    Object.assign(story, { state: { ...story.state, triggers: { errors: observed } } })
    follows(story, breached())
    expect(open(story)).toEqual([])
  })
})

describe("while one is open, what else goes wrong", () => {
  it("is one more sign of it, also in the same commit", () => {
    const story = live()
    follows(story, breached(), threshold("critical"), threshold("warning", "queue"))
    expect(open(story)).toHaveLength(1)
    expect(open(story)[0]?.signals.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      "threshold uptime",
      "threshold queue",
    ])
  })

  it("makes it worse if it is worse: the clocks of the worse plan count from the start, none twice", () => {
    const story = live()
    const first = follows(story, breached("database"))
    story.wait(2 * MINUTE_MS)
    const { timers, cancelTimersOf } = follows(story, breached())
    const [incident] = open(story)
    expect(incident).toMatchObject({ severity: "critical", signals: [{ key: "errors" }] })
    expect(cancelTimersOf).toEqual([first.timers[0]?.subject])
    expect(timers.map(({ data, dueAt }) => [data.level, (Date.parse(dueAt) - story.nowMs) / MINUTE_MS])).toEqual([
      ...[
        [0, -2],
        [1, 3],
        [2, 8],
        [3, 13],
      ],
    ])
    story.wait(MINUTE_MS)
    expect(follows(story, breached("database")).timers).toEqual([])
  })

  it("and what goes wrong after it was resolved is another one", () => {
    const story = live()
    follows(story, breached())
    const [incident] = open(story)
    const data = { incidentId: incident?.id ?? "", how: "fixed", words: "x" } as const
    story.append([{ type: "incident.resolved", actor: person("oz", "ops"), data }])
    follows(story, threshold("critical"))
    expect(open(story).map(({ number, status }) => [number, status])).toEqual([
      ...[
        [1, "resolved"],
        [2, "open"],
      ],
    ])
  })
})
