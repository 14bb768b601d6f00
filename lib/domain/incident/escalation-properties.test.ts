import fc from "fast-check"
import { expect, test } from "vitest"
import { person } from "@/lib/domain/release/release.fixture"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import { decideAcknowledge } from "./decide-acknowledge"
import { decideReopen, decideResolve } from "./decide-resolve"
import { decideSeverity } from "./decide-severity"
import { everybody, facts, IncidentStory, MINUTE_MS } from "./incident.fixture"
import type { Severity } from "./incident-state"
import { incidentTimers } from "./incident-timers"

const oz = person("oz", "ops")
const minutes = fc.integer({ min: 0, max: 12 })
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("wait" as const), minutes }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom("clocks" as const, "stray" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constantFrom("acknowledge" as const, "resolve" as const, "reopen" as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("severity" as const),
      severity: fc.constantFrom<Severity>("critical", "high", "medium", "low"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("rota" as const), keys: fc.subarray([...everybody.keys()]) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** What should come of it, told slowly: levels by title, one turn each while it is open. */
class Model {
  nowMin = 0
  fromMin = 0
  severity: Severity = "critical"
  ackedUntil: number | null = null
  resolved = false
  served: string[] = []
  expected: string[] = []
  onCall: ReadonlyMap<string, readonly PersonRef[]> = everybody

  clocks(): void {
    if (this.resolved) return
    const levels = facts.plans[this.severity].levels
    const open = () =>
      levels
        .filter((level) => level.afterMs !== null && !this.served.includes(key(level)))
        .sort((a, b) => (a.afterMs ?? 0) - (b.afterMs ?? 0))
    for (const level of open()) {
      if ((level.afterMs ?? 0) > (this.nowMin - this.fromMin) * MINUTE_MS || this.served.includes(key(level))) continue
      this.served.push(key(level))
      if (level.notify) this.expected.push(`notify ${level.title}`)
      if (!level.page || this.ackedUntil !== null) continue
      if (this.has(level.page)) this.expected.push(`page ${level.title}`)
      else {
        const later = open().filter(({ page }) => page)
        const next = later.findIndex(({ page }) => this.has(page ?? ""))
        if (next < 0) continue
        for (const over of later.slice(0, next + 1)) this.served.push(key(over))
        this.expected.push(`page ${later[next]?.title}`)
      }
    }
    if (this.ackedUntil !== null && this.ackedUntil <= this.nowMin) {
      this.ackedUntil = null
      this.expected.push("repage")
    }
  }

  private has(target: string): boolean {
    return (this.onCall.get(target) ?? []).length > 0
  }
}
const key = ({ title, afterMs }: { title: string; afterMs: number | null }) => `${title} ${afterMs}`

function tell(story: IncidentStory, model: Model, step: Act): void {
  const { state, now: nowIso } = story
  switch (step.what) {
    case "wait":
      story.wait(step.minutes * MINUTE_MS)
      model.nowMin += step.minutes
      break
    case "clocks":
      model.clocks()
      // As the console does: what is due, and each timer of it.
      for (const _ of incidentTimers(story.incident, 1)) story.tell(story.levelDue())
      story.tell(story.repageDue())
      break
    case "stray":
      // A timer that fires though nothing of its kind is due changes nothing after what was due has been served.
      model.clocks()
      story.tell(story.levelDue())
      story.tell(story.repageDue())
      story.tell(story.levelDue())
      story.tell(story.repageDue())
      break
    case "acknowledge":
      story.tell(decideAcknowledge(state, { incidentId: "i", note: null, nowIso }, oz))
      if (!model.resolved) model.ackedUntil = model.nowMin + 15
      break
    case "resolve": {
      const decision = decideResolve(state, { incidentId: "i", how: "rolled_back", words: "x", nowIso }, oz)
      expect(decision.ok).toBe(!model.resolved)
      if (decision.ok) story.tell(decision)
      Object.assign(model, { resolved: true, ackedUntil: null })
      break
    }
    case "reopen": {
      const decision = decideReopen(state, { incidentId: "i", reason: "x" }, story.context, oz)
      expect(decision.ok).toBe(model.resolved)
      if (!decision.ok) break
      story.tell(decision)
      Object.assign(model, { resolved: false, fromMin: model.nowMin, served: [] })
      break
    }
    case "severity": {
      const change = { incidentId: "i", severity: step.severity, reason: "x" }
      const decision = decideSeverity(state, change, story.context, oz)
      expect(decision.ok).toBe(!model.resolved)
      if (decision.ok) {
        story.tell(decision)
        model.severity = step.severity
      }
      break
    }
    case "rota":
      story.onCall = new Map([...everybody].filter(([each]) => step.keys.includes(each)))
      model.onCall = story.onCall
  }
}

/** Made once: what came before the incident is the same in every run. */
const begun = (new IncidentStory().live() as IncidentStory).declared()
function critical(): IncidentStory {
  return Object.assign(new IncidentStory(), begun, { events: [...begun.events] })
}

test("whatever the order of people and clocks: what is paged is what the slow model says", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const story = critical()
      const model = new Model()
      for (const step of acts) tell(story, model, step)
      expect(pagesOf(story)).toEqual(model.expected)
      expect(story.incident.status === "resolved").toBe(model.resolved)
      expect(story.incident.acknowledged !== null).toBe(model.ackedUntil !== null)
      expect(story.refold()).toEqual(story.state)
      const numbers = story.incident.levels.map(({ n }) => n)
      expect(new Set(numbers).size).toBe(numbers.length)
    }),
    { numRuns: 300 },
  )
}, 120_000)

test("whatever happens: nobody is paged twice for a level, after resolve, or while it is acknowledged", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const story = critical()
      const model = new Model()
      for (const step of acts) tell(story, model, step)
      let paged: string[] = []
      let isQuiet = false
      let isOver = false
      for (const event of story.events) {
        if (event.type === "incident.acknowledged") isQuiet = true
        if (event.type === "incident.acknowledgement_lapsed") isQuiet = false
        if (event.type === "incident.resolved") [isOver, isQuiet] = [true, false]
        if (event.type === "incident.reopened") [isOver, paged] = [false, []]
        if (event.type !== "incident.paged") continue
        expect(isOver, "after resolve").toBe(false)
        if (event.data.how === "notify") continue
        expect(isQuiet, "while acknowledged").toBe(false)
        if (event.data.how === "repage") continue
        expect(paged).not.toContain(event.data.target)
        paged.push(event.data.target)
      }
    }),
    { numRuns: 200 },
  )
}, 120_000)

/** Which levels were paged or told, by title: a level's number belongs to the plan of its time. */
function pagesOf(story: IncidentStory): string[] {
  let severity: Severity = "critical"
  return story.events.flatMap((event) => {
    if (event.type === "incident.severity_changed") severity = event.data.severity
    if (event.type !== "incident.paged") return []
    if (event.data.how === "repage") return ["repage"]
    return [`${event.data.how} ${facts.plans[severity].levels[event.data.level]?.title}`]
  })
}
