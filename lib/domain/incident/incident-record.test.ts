import { describe, expect, it } from "vitest"
import { person, refusalOf, typesOf } from "@/lib/domain/release/release.fixture"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { decideDeclare } from "./decide-declare"
import { decideMessage } from "./decide-message"
import { decideNote } from "./decide-note"
import { decidePin, decideUnpin } from "./decide-pin"
import { decideResolve } from "./decide-resolve"
import { decideRole } from "./decide-role"
import { decideSeverity } from "./decide-severity"
import { decideTick } from "./decide-tick"
import { fillTemplate } from "./fill-template"
import { facts, IncidentStory } from "./incident.fixture"

const oz = person("oz", "ops")
const message: EventData<"incident.message_posted"> = {
  incidentId: "i",
  messageId: "m",
  audience: "customers",
  status: "investigating",
  template: null,
  title: "We look",
  text: "Some requests fail.",
}

const declare = (story: IncidentStory, more: object = {}) =>
  decideDeclare(
    story.state,
    { incidentId: "j", title: "It is slow", severity: "high", words: "Seen", ...more },
    story.context,
    oz,
  )
const closed = (story: IncidentStory) => {
  story.append([{ type: "release.closed", actor: oz, data: { note: null } }])
  return story
}

describe("declaring", () => {
  it("works on a release in any status, numbers them, and sets the clocks", () => {
    for (const story of [new IncidentStory(), closed(new IncidentStory().live() as IncidentStory)]) {
      const decision = declare(story.declared())
      expect(decision).toMatchObject({ ok: true, cancelTimersOf: ["incident:j"] })
      story.tell(decision)
      expect(story.state.incidents.j).toMatchObject({ number: 2, status: "open", cause: { kind: "person", key: null } })
      expect(story.refold()).toEqual(story.state)
    }
  })

  it("of what is open already has one incident", () => {
    const story = new IncidentStory().declared()
    const refusal = refusalOf(declare(story, { title: " it IS down " }))
    expect(refusal).toMatchObject({ code: "conflict", field: "title", detail: { incidentId: "i" } })
    story.tell(decideResolve(story.state, { incidentId: "i", how: "fixed", words: "x", nowIso: story.now }, oz))
    expect(typesOf(declare(story, { title: "It is down" }))).toEqual(["incident.declared"])
  })
})

const ann = { id: "ann", name: "Ann" }

it.each([
  ["title", (s: IncidentStory) => declare(s, { title: " " })],
  ["words", (s: IncidentStory) => declare(s, { words: "" })],
  ["stageKey", (s: IncidentStory) => decideTick(s.state, { ...tick, stageKey: "toString" }, oz)],
  ["action", (s: IncidentStory) => decideTick(s.state, { ...tick, action: 2 }, oz)],
  ["text", (s: IncidentStory) => decideNote(s.state, { incidentId: "i", noteId: "n", text: " " }, oz)],
  ["words", (s: IncidentStory) => decidePin(s.state, { incidentId: "i", seq: 1, words: "" }, oz)],
  ["title", (s: IncidentStory) => decideMessage(s.state, { ...message, title: " " }, { templateKeys: [] }, oz)],
  [
    "template",
    (s: IncidentStory) => decideMessage(s.state, { ...message, template: "x" }, { templateKeys: ["y"] }, oz),
  ],
  [
    "reason",
    (s: IncidentStory) =>
      decideSeverity(s.state, { incidentId: "i", severity: "low", reason: "" }, { facts, nowIso: s.now }, oz),
  ],
  [
    "words",
    (s: IncidentStory) => decideResolve(s.state, { incidentId: "i", how: "fixed", words: " ", nowIso: s.now }, oz),
  ],
])("what is missing or wrong is refused by its field: %s", (field, decide) => {
  expect(refusalOf(decide(new IncidentStory().declared()))).toMatchObject({ code: "invalid", field })
})

const tick = { incidentId: "i", stageKey: "detect", action: 1, done: true }

it.each([
  [
    "role",
    (s: IncidentStory, incidentId: string) =>
      decideRole(s.state, { incidentId, role: "scribe", person: ann, note: null }, oz),
  ],
  ["tick", (s: IncidentStory, incidentId: string) => decideTick(s.state, { ...tick, incidentId }, oz)],
  ["note", (s: IncidentStory, incidentId: string) => decideNote(s.state, { incidentId, noteId: "n", text: "t" }, oz)],
  ["pin", (s: IncidentStory, incidentId: string) => decidePin(s.state, { incidentId, seq: 1, words: "w" }, oz)],
  [
    "message",
    (s: IncidentStory, incidentId: string) =>
      decideMessage(s.state, { ...message, incidentId }, { templateKeys: [] }, oz),
  ],
])("%s: kept, also when all is over; not where there is no such incident", (name, decide) => {
  const story = new IncidentStory().declared()
  for (const strange of ["other", "__proto__", "constructor"]) {
    expect(refusalOf(decide(story, strange)).code).toBe("not_found")
  }
  story.tell(decideResolve(story.state, { incidentId: "i", how: "fixed", words: "x", nowIso: story.now }, oz))
  closed(story).tell(decide(story, "i"))
  expect(story.incident).toMatchObject(kept[name as keyof typeof kept])
  expect(story.refold()).toEqual(story.state)
})

const kept = {
  role: { roles: { scribe: ann } },
  tick: { stages: [{ actions: [{ done: null }, { done: { by: "Oz" } }] }] },
  note: { notes: [{ id: "n", text: "t", by: "Oz" }] },
  pin: { pins: [{ seq: 1, words: "w", by: "Oz" }] },
  message: { messages: [{ id: "m", audience: "customers", by: "Oz" }] },
} as const

it("what is so already needs no event", () => {
  const story = new IncidentStory().declared()
  const role = { incidentId: "i", role: "commander", person: ann, note: " " } as const
  story.tell(decideRole(story.state, role, oz))
  story.tell(decideTick(story.state, tick, oz))
  story.tell(decidePin(story.state, { incidentId: "i", seq: 2, words: "Here" }, oz))
  for (const decision of [
    decideRole(story.state, role, oz),
    decideTick(story.state, tick, oz),
    decidePin(story.state, { incidentId: "i", seq: 2, words: "Here" }, oz),
    decideUnpin(story.state, { incidentId: "i", seq: 1 }, oz),
    decideSeverity(story.state, { incidentId: "i", severity: "critical", reason: "x" }, story.context, oz),
  ]) {
    expect(typesOf(decision)).toEqual([])
  }
  story.tell(decidePin(story.state, { incidentId: "i", seq: 2, words: "There" }, oz))
  expect(story.incident.pins.map(({ words }) => words)).toEqual(["There"])
  story.tell(decideUnpin(story.state, { incidentId: "i", seq: 2 }, oz))
  story.tell(decideRole(story.state, { ...role, person: null }, oz))
  expect(story.incident).toMatchObject({ pins: [], roles: {} })
})

it.each([0, -1, 3, 1.5, Number.NaN, 2 ** 60])("no event has the number %d", (seq) => {
  const story = new IncidentStory().declared()
  expect(story.state.lastSeq).toBe(2)
  const refusal = refusalOf(decidePin(story.state, { incidentId: "i", seq, words: "x" }, oz))
  expect(refusal).toMatchObject({ code: "not_found", field: "seq" })
})

it("a resolution is not written over by another", () => {
  const story = new IncidentStory().declared()
  const again = () => decideResolve(story.state, { incidentId: "i", how: "fixed", words: "x", nowIso: story.now }, oz)
  story.tell(again())
  expect(refusalOf(again())).toMatchObject({ code: "conflict", detail: { resolved: { by: "Oz", words: "x" } } })
})

describe("a template", () => {
  const fill = (story: IncidentStory, text: string, status: "investigating" | "resolved" = "investigating") =>
    fillTemplate(
      { key: "k", title: "{{service.name}}", audience: "internal", status, text },
      { state: story.state, incident: story.incident, url: "https://golive.example/i", nowIso: story.now },
    ).text

  it("is filled in, once, and says what nobody knows yet", () => {
    const story = new IncidentStory().declared()
    const all = "{{incident.title}}|{{ incident.severity }}|{{incident.cause}}|{{incident.commander}}|{{incident.url}}"
    expect(fill(story, all)).toBe("It is down|Critical|Nothing answers.|nobody yet|https://golive.example/i")
    const more = "{{service.name}}|{{environment.name}}|{{release.name}}|{{release.version}}|{{release.previous}}"
    expect(fill(story, more)).toBe("POSTD|Production|POSTD 1.1.0|1.1.0|[the version before]")
    expect(fill(story, "{{incident.resolution}}")).toBe("By the rule.")
    expect(fill(story, "{{incident.resolution}}", "resolved")).toBe("[what was done]")
    expect(fill(story, "{{secret.TOKEN}} {{constructor}}")).toBe("{{secret.TOKEN}} {{constructor}}")
  })

  it("counts the time until it was resolved, and takes no value for a placeholder", () => {
    const story = new IncidentStory()
    const odd = { title: "{{incident.cause}} $& $1", severity: "low", incidentId: "i" }
    story.tell(declare(story, odd))
    story.wait(90_000)
    expect(fill(story, "{{incident.title}}")).toBe("{{incident.cause}} $& $1")
    expect(fill(story, "{{incident.duration}}")).toBe("1 min 30 s")
    story.tell(decideResolve(story.state, { incidentId: "i", how: "fixed", words: "Done", nowIso: story.now }, oz))
    story.wait(3_600_000)
    expect(fill(story, "{{incident.duration}} {{incident.resolution}}", "resolved")).toBe("1 min 30 s Done.")
  })
})
