import { describe, expect, test } from "vitest"
import { draftIncidentReport } from "./draft-incident-report"
import { INCIDENT, incidentStory } from "./incident-story.fixture"
import { reportInMarkdown } from "./report-in-markdown"
import type { ReportModel } from "./report-model"

function drafted(change: Parameters<typeof incidentStory>[0] = {}): { model: ReportModel; markdown: string } {
  const { timeline, incident } = incidentStory(change)
  const model = draftIncidentReport(timeline.state, incident, timeline.events, [
    { metric: "error_rate", unit: "ratio", good: 40, errors: 1, noData: 0, min: 0.001, avg: 0.06, max: 0.12 },
  ])
  if (!model) throw new Error("nothing was drafted")
  return { model, markdown: reportInMarkdown(model) }
}

const part = (markdown: string, title: string) => markdown.split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? ""

describe("the report of an incident", () => {
  const { model, markdown } = drafted()

  test("says when it was detected, acknowledged, mitigated and resolved, on both clocks", () => {
    const times = part(markdown, "Times")
    // Live at 16:00 UTC, breached 20 minutes later.
    expect(times).toContain("| Went live before it | 23 Nov 2026, 11:00:00 New York (16:00:00 UTC) |")
    expect(times).toContain("| Detected | 23 Nov 2026, 11:20:00 New York (16:20:00 UTC) |  |")
    expect(times).toContain("| Acknowledged | 23 Nov 2026, 11:22:00 New York (16:22:00 UTC) | 2 min |")
    expect(times).toContain("| Mitigated | 23 Nov 2026, 11:26:30 New York (16:26:30 UTC) | 6 min 30 s |")
    expect(times).toContain("| Resolved | 23 Nov 2026, 11:29:30 New York (16:29:30 UTC) | 9 min 30 s |")
    expect(model.figures).toMatchObject({
      detectedAt: "2026-11-23T16:20:00.000Z",
      detectionToAcknowledgementMs: 120_000,
      detectionToMitigationMs: 390_000,
      detectionToResolutionMs: 570_000,
      downtimeMs: 90_000,
    })
  })

  test("tells who did what, in their order, and leaves the noise out", () => {
    const rows = part(markdown, "Timeline")
      .split("\n")
      .filter((line) => /\| \d+ \|$/.test(line))
    const told = rows.map((row) => row.split(" | ").slice(2, 4).join(": "))
    const order = [
      "1.1.0 is live",
      "is breached",
      "declared incident 1",
      "Paged on-call",
      "acknowledged the incident",
      "ticked “Look at the dashboard”",
      "noted · Posting fails",
      "told customers",
      "began the rollback to 1.0.0",
      "1.0.0 is live",
      "verified",
      "resolved the incident",
    ]
    const places = order.map((words) => told.findIndex((row) => row.includes(words)))
    expect(
      places.every((place) => place >= 0),
      `${order[places.indexOf(-1)]} is missing`,
    ).toBe(true)
    // The version is live twice: look from the second on.
    expect(told.findLastIndex((row) => row.includes("1.0.0 is live"))).toBeGreaterThan(places[8] ?? 0)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect(told.find((row) => row.startsWith("Olga: Olga acknowledged"))).toBeDefined()
    expect(markdown).not.toContain("noise of the checklist")
    expect(markdown).not.toContain("A worker took the run")
    expect(rows[0], "what was pinned stands where it happened").toContain("Pinned by Olga: Made in a hurry")
    expect(rows.length).toBeLessThan(25)
  })

  test("gives the words that decided, the escalation as it went, and what the rollback did not undo", () => {
    expect(part(markdown, "What decided")).toContain(
      "trigger “Errors” | The error rate was 12 % for 5 minutes, more than 5 %",
    )
    const escalation = part(markdown, "Escalation")
    expect(escalation).toMatch(/Level 1 \| at once \| paged \| .*16:20:00 UTC\) \| Olga/)
    expect(escalation).toMatch(/Level 2 \| 5 min after the start \| not reached/)
    const rollback = part(markdown, "Rollback")
    expect(rollback).toContain("1 min 30 s after the decision (budget 5 min)")
    expect(rollback).toContain("- Migration 0042 adds a column")
    expect(part(markdown, "Impact")).toContain("| Error rate | 0.1 % | 6 % | 12 % | 40 (and 1 failed, 0 empty) |")
    expect(part(markdown, "Impact")).toContain("on for 1 min 30 s of it")
  })

  test("keeps the lines of messages, names owners, and leaves room for people", () => {
    expect(part(markdown, "Messages")).toContain("> We see errors.\\\n> We are going back.")
    expect(part(markdown, "Actions")).toContain(
      "| Test the pool under load | Olga | 1 Dec 2026, 10:00:00 New York (15:00:00 UTC) | open |",
    )
    for (const title of ["What went well", "What went badly", "Root cause"])
      expect(part(markdown, title)).toContain("To fill in")
  })

  test("is the same text for the same events, and another once something happened", () => {
    expect(drafted().markdown).toBe(markdown)
    expect(drafted({ note: "Only some fail" }).markdown).not.toBe(markdown)
  })

  test("of an incident that goes on says so", () => {
    const { timeline } = incidentStory()
    const until = timeline.events.findIndex(({ type }) => type === "rollback.decided")
    const events = timeline.events.slice(0, until)
    const open = { ...timeline.state.incidents[INCIDENT], resolved: null, status: "acknowledged" as const }
    const model = draftIncidentReport(timeline.state, open as never, events)
    if (!model) throw new Error("nothing was drafted")
    const text = reportInMarkdown(model)
    expect(text).toContain("It is not resolved yet.")
    expect(part(text, "Times")).toContain("| Mitigated | not yet |  |")
    expect(part(text, "Rollback")).toContain("Nothing was rolled back.")
  })

  test("of an incident that is not on the timeline is none", () => {
    const { timeline, incident } = incidentStory()
    expect(draftIncidentReport(timeline.state, { ...incident, id: "another" }, timeline.events)).toBeNull()
  })
})
