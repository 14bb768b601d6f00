import { describe, expect, it, test } from "vitest"
import { environment, person, refusalOf, typesOf, v1 } from "@/lib/domain/release/release.fixture"
import { decideStopCountdown } from "@/lib/domain/rollback/decide-rollback"
import { decideAcknowledge } from "./decide-acknowledge"
import { decideFixDue } from "./decide-fix-due"
import { decideReopen, decideResolve } from "./decide-resolve"
import { decideSeverity } from "./decide-severity"
import { IncidentStory, MINUTE_MS } from "./incident.fixture"
import { incidentTimers } from "./incident-timers"
import { nextDueAt } from "./next-due"

const oz = person("oz", "ops")
const acknowledge = (story: IncidentStory) =>
  story.tell(decideAcknowledge(story.state, { incidentId: "i", note: null, nowIso: story.now }, oz))
const resolve = (story: IncidentStory, how: "fixed" | "rolled_back" = "fixed") =>
  story.tell(decideResolve(story.state, { incidentId: "i", how, words: "Repaired", nowIso: story.now }, oz))
const later = (story: IncidentStory, minutes: number) => story.wait(minutes * MINUTE_MS)
const live = () => new IncidentStory().live() as IncidentStory

describe("a critical incident that nobody acknowledges", () => {
  it("calls on-call at once, the lead at 5, counts down at 10, calls the CTO at 15, each once", () => {
    const story = live().declared()
    for (let minute = 0; minute <= 20; minute++, later(story, 1)) {
      story.tell(story.levelDue())
      story.tell(story.levelDue())
      if (minute === 9) expect(story.state.rollback).toBeNull()
      if (minute === 10) expect(story.state.rollback).toMatchObject({ status: "counting", triggerKey: null, to: v1 })
    }
    expect(story.paged).toEqual(["page ann", "page bob", "page cleo"])
    expect(story.turns).toEqual([
      "Page on-call: paged",
      "Page backend lead: paged",
      "Roll back: acted",
      "Page CTO: paged",
    ])
    expect(story.events.filter(({ type }) => type === "rollback.countdown_started")).toHaveLength(1)
  })

  it("gets everything that is overdue, in order, from whichever timer comes first", () => {
    const story = live().declared()
    later(story, 17)
    const decision = story.levelDue()
    expect(typesOf(decision)).toEqual([
      ...["incident.paged", "incident.paged", "run.queued", "rollback.countdown_started"],
      ...["incident.level_acted", "incident.paged"],
    ])
    expect(decision).toMatchObject({ runs: [{ kind: "rollback", notBefore: expect.any(String) }] })
    story.tell(decision)
    expect(typesOf(story.levelDue())).toEqual([])
  })
})

describe("acknowledging", () => {
  it("holds what pages, and not what acts; when it lapses, who gave it and the highest level are called", () => {
    const story = live().declared()
    story.tell(story.levelDue())
    later(story, 4)
    acknowledge(story)
    for (let minute = 4; minute < 19; minute++, later(story, 1)) {
      story.tell(story.levelDue())
      story.tell(story.repageDue())
    }
    expect(story.paged).toEqual(["page ann"])
    expect(story.turns).toEqual([
      "Page on-call: paged",
      "Page backend lead: held",
      "Roll back: acted",
      "Page CTO: held",
    ])
    story.tell(story.repageDue())
    expect(story.paged).toEqual(["page ann", "repage oz+cleo"])
    expect(story.incident).toMatchObject({ status: "open", acknowledged: null })
    expect(story.incident.firstAcknowledgedAt).not.toBeNull()
    story.tell(story.repageDue())
    expect(story.paged).toHaveLength(2)
  })

  it("once more lengthens the silence; after it levels to come page as usual", () => {
    const story = live().declared()
    acknowledge(story)
    later(story, 14)
    acknowledge(story)
    later(story, 2)
    expect(typesOf(story.repageDue())).toEqual([])
    expect(incidentTimers(story.incident, 1).filter(({ kind }) => kind === "incident_repage")).toHaveLength(1)
  })

  it("after it was resolved changes nothing", () => {
    const story = live().declared()
    resolve(story)
    const before = story.state
    acknowledge(story)
    expect(story.state).toBe(before)
    later(story, 30)
    for (const decision of [story.levelDue(), story.repageDue()]) expect(typesOf(decision)).toEqual([])
    expect(incidentTimers(story.incident, 1)).toEqual([])
    expect(nextDueAt(story.incident, 1)).toBeNull()
  })

  it("of nobody's level calls whoever gave it", () => {
    const story = live().declared("low")
    acknowledge(story)
    later(story, 15)
    story.tell(story.repageDue())
    expect(story.paged).toEqual(["repage oz"])
  })
})

describe("nobody on call", () => {
  it("is skipped at once and said: the next level that has somebody is called in its place", () => {
    const story = live().declared()
    story.onCall = new Map([["cto", [{ id: "cleo", name: "Cleo" }]]])
    story.tell(story.levelDue())
    expect(story.paged).toEqual(["page cleo"])
    expect(story.turns).toEqual([
      "Page on-call: skipped",
      "Page backend lead: skipped",
      "Roll back: waiting",
      "Page CTO: paged",
    ])
    expect(story.incident.levels[0]?.words).toBe("Nobody is on call for on-call. cto is called at once.")
    for (let minute = 0; minute <= 16; minute++, later(story, 1)) story.tell(story.levelDue())
    expect(story.paged).toEqual(["page cleo"])
  })

  it("anywhere: each level still gets its chance at its own time", () => {
    const story = live().declared()
    story.onCall = new Map()
    story.tell(story.levelDue())
    expect(story.turns[0]).toBe("Page on-call: skipped")
    expect(story.turns[1]).toBe("Page backend lead: waiting")
    story.onCall = new Map([["backend-lead", [{ id: "bob", name: "Bob" }]]])
    later(story, 5)
    story.tell(story.levelDue())
    expect(story.paged).toEqual(["page bob"])
  })

  it("does not keep the team from being told", () => {
    const story = live().declared("medium")
    story.onCall = new Map()
    story.tell(story.levelDue())
    expect(story.paged).toEqual(["notify "])
    expect(story.turns).toEqual(["Document: waiting", "Tell the team: paged"])
  })
})

describe("the level that acts", () => {
  const atTen = (prepare: (story: IncidentStory) => void = () => undefined) => {
    const story = live().declared()
    story.tell(story.levelDue())
    later(story, 10)
    prepare(story)
    return story
  }

  it.each([
    ["nothing to go back to", "There is no previous version", (s: IncidentStory) => ({ ...s.state, previous: null })],
    ["rolled back", "already rolled back", (s: IncidentStory) => ({ ...s.state, status: "rolled_back" as const })],
    ["failed before", "tried and failed", (s: IncidentStory) => ({ ...s.state, status: "rollback_failed" as const })],
    ["closed", "closed", (s: IncidentStory) => ({ ...s.state, status: "closed" as const })],
  ])("%s: skipped, and said", (_, words, change) => {
    const story = atTen((each) => Object.assign(each, { state: change(each) }))
    story.tell(story.levelDue())
    expect(story.incident.levels[2]).toMatchObject({ status: "skipped", words: expect.stringContaining(words) })
    expect(story.state.rollback).toBeNull()
  })

  it("leaves alone what another release holds, and what cannot be planned", () => {
    const active = { releaseId: "other", releaseName: "POSTD 9", runId: "x", since: "2026-11-23T16:00:00.000Z" }
    const held = atTen()
    held.tell(held.levelDue({ environment: environment({ active }) }))
    expect(held.incident.levels[2]?.words).toContain("POSTD 9 holds Production")
    const odd = atTen()
    odd.tell(odd.levelDue({ rollback: { problem: "The settings are wrong." } }))
    expect(odd.incident.levels[2]).toMatchObject({ status: "skipped", words: "The settings are wrong." })
  })

  it("does not count down beside another countdown, and does not begin again what a person stopped", () => {
    const story = atTen()
    story.tell(story.levelDue())
    const { incident } = story
    Object.assign(story, {
      state: {
        ...story.state,
        incidents: { i: { ...incident, levels: incident.levels.map((each) => ({ ...each, status: "waiting" })) } },
      },
    })
    story.tell(story.levelDue())
    expect(story.incident.levels[2]?.words).toBe("A rollback is counting down already.")
    const stopped = atTen()
    stopped.tell(stopped.levelDue())
    stopped.tell(decideStopCountdown(stopped.state, { reason: "Wait" }, oz))
    later(stopped, 5)
    stopped.tell(stopped.levelDue())
    expect(stopped.state.rollback?.status).toBe("stopped")
  })

  it("is stopped by the resolution that makes it pointless", () => {
    const story = atTen()
    story.tell(story.levelDue())
    resolve(story)
    expect(story.state).toMatchObject({ rollback: { status: "stopped" }, incidents: { i: { status: "resolved" } } })
    const back = atTen()
    back.tell(back.levelDue())
    resolve(back, "rolled_back")
    expect(back.state.rollback?.status).toBe("counting")
  })
})

describe("another severity", () => {
  const severity = (story: IncidentStory, to: "critical" | "high" | "low") =>
    story.tell(decideSeverity(story.state, { incidentId: "i", severity: to, reason: "Seen" }, story.context, oz))

  it("pages nobody twice on the way down and up again", () => {
    const story = live().declared()
    story.tell(story.levelDue())
    severity(story, "low")
    expect(incidentTimers(story.incident, 1)).toEqual([])
    severity(story, "critical")
    later(story, 1)
    expect(typesOf(story.levelDue())).toEqual([])
    expect(story.paged).toEqual(["page ann"])
    expect(incidentTimers(story.incident, 1).map(({ data }) => data.level)).toEqual([1, 2, 3])
  })

  it("keeps the promise of an acknowledgement, and numbers of levels apart", () => {
    const story = live().declared("high")
    story.tell(story.levelDue())
    acknowledge(story)
    severity(story, "critical")
    const kinds = incidentTimers(story.incident, 1).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === "incident_repage")).toHaveLength(1)
    const numbers = story.incident.levels.map(({ n }) => n)
    expect(new Set(numbers).size).toBe(numbers.length)
    story.tell(story.levelDue())
    expect(story.turns[0]).toBe("Page on-call: held")
  })
})

describe("the time for a repair", () => {
  const due = (story: IncidentStory) => decideFixDue(story.state, { incidentId: "i", doesNotUndo: [] }, oz)

  it("over: it is said once, and a rollback is offered", () => {
    const story = live().declared("high")
    expect(nextDueAt(story.incident, 1)).toBe(story.now)
    later(story, 30)
    expect(typesOf(due(story))).toEqual(["incident.fix_overdue", "rollback.asked"])
    story.tell(due(story))
    expect(typesOf(due(story))).toEqual([])
    expect(incidentTimers(story.incident, 1).map(({ kind }) => kind)).toEqual(["incident_level"])
  })

  it("offers nothing where nothing is live, and says nothing where it was resolved", () => {
    const story = new IncidentStory().declared("high")
    expect(typesOf(due(story))).toEqual(["incident.fix_overdue"])
    resolve(story)
    expect(typesOf(due(story))).toEqual([])
  })
})

test("re-opened: the escalation begins anew from that moment, with every level", () => {
  const story = live().declared()
  story.tell(story.levelDue())
  later(story, 60)
  resolve(story)
  later(story, 60)
  const { startedAt } = story.incident
  story.tell(decideReopen(story.state, { incidentId: "i", reason: "It is back" }, story.context, oz))
  story.tell(story.levelDue())
  expect(story.incident).toMatchObject({ startedAt, escalatesFrom: story.now, resolved: null })
  expect(story.paged).toEqual(["page ann", "page ann"])
  later(story, 5)
  story.tell(story.levelDue())
  expect(story.paged.at(-1)).toBe("page bob")
  const again = decideReopen(story.state, { incidentId: "i", reason: "x" }, story.context, oz)
  expect(refusalOf(again).code).toBe("conflict")
})

test("time scaled down shortens every clock", () => {
  const story = new IncidentStory({ timeScale: 0.01 }).declared("high")
  const [level, fix] = incidentTimers(story.incident, story.state.timeScale)
  expect(level?.dueAt).toBe(story.now)
  expect(Date.parse(fix?.dueAt ?? "") - story.nowMs).toBe(18_000)
  const answer = decideAcknowledge(story.state, { incidentId: "i", note: null, nowIso: story.now }, oz)
  expect(answer).toMatchObject({ events: [{ data: { repageAt: new Date(story.nowMs + 9_000).toISOString() } }] })
})
