import { describe, expect, test } from "vitest"
import { person, Timeline } from "@/lib/domain/release/release.fixture"
import { draftReleaseReport } from "./draft-release-report"
import { incidentStory } from "./incident-story.fixture"
import { reportInMarkdown } from "./report-in-markdown"

function drafted(timeline: Timeline): string {
  const model = draftReleaseReport(timeline.state, timeline.events)
  if (!model) throw new Error("nothing was drafted")
  return reportInMarkdown(model)
}
const part = (markdown: string, title: string) => markdown.split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? ""

describe("the report of a release", () => {
  test("tells what was planned, signed, done and decided, with who and when", () => {
    const markdown = drafted(incidentStory().timeline)
    expect(part(markdown, "Summary")).toContain("It was rolled back to 1.0.0.")
    expect(part(markdown, "Summary")).toContain("1 min 30 s (budget 15 min)")
    expect(part(markdown, "Planned")).toContain("Go-Live, version 1")
    expect(part(markdown, "Planned")).toContain("aaa..bbb")
    expect(part(markdown, "Signed")).toMatch(
      /\| The tech\\?_lead \| tom \| password.* \| 23 Nov 2026, 11:00:00 New York \(16:00:00 UTC\) \| h \| stands \|/,
    )
    expect(part(markdown, "Done")).toContain("Rollback by Olga")
    expect(part(markdown, "Done")).toMatch(
      /\| Step return \| passed \| .* \| 1 min 30 s \| {2}\| 1 \| 1\.0\.0 answers \|/,
    )
    expect(part(markdown, "Measured")).toContain("| Errors | breached |")
    expect(part(markdown, "Decided")).toContain("Olga began the rollback to 1.0.0")
    expect(part(markdown, "Incidents")).toMatch(/\| 1: Errors \| critical \| .* \| .*The old version answers again \|/)
  })

  test("names waivers, overrides and signatures that do not stand, with their reasons", () => {
    const t = new Timeline().ready()
    t.wait(60_000).append([
      {
        type: "checklist.item_waived",
        actor: person("lena", "tech_lead"),
        data: { itemKey: "manual", reason: "Not in this one" },
      },
      {
        type: "signoff.voided",
        actor: person("lena", "tech_lead"),
        data: { role: "security", cause: "“Item manual” was waived" },
      },
      { type: "override.requested", actor: person("lena"), data: { overrideId: "o", reason: "A customer waits" } },
      {
        type: "override.approved",
        actor: person("dora"),
        data: { overrideId: "o", expiresAt: "2026-11-23T18:00:00.000Z" },
      },
    ])
    const markdown = drafted(t)
    expect(part(markdown, "Exceptions")).toContain(
      "| Item manual | waived | Not in this one | Lena, 23 Nov 2026, 11:01:00 New York (16:01:00 UTC) |",
    )
    expect(part(markdown, "Exceptions")).toContain("Lena asked to start outside the window · A customer waits")
    expect(part(markdown, "Exceptions")).toContain(
      "Dora approved the override · Until 23 Nov 2026, 13:00:00 New York (18:00:00 UTC)",
    )
    expect(part(markdown, "Signed")).toContain("void: “Item manual” was waived")
    expect(part(markdown, "Summary")).toContain("It did not go live.")
  })

  test("is the same for the same events", () => {
    expect(drafted(incidentStory().timeline)).toBe(drafted(incidentStory().timeline))
  })
})
