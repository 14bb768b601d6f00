import { writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { draftIncidentReport } from "@/lib/domain/report/draft-incident-report"
import { incidentStory } from "@/lib/domain/report/incident-story.fixture"
import { reportInMarkdown } from "@/lib/domain/report/report-in-markdown"
import { pdfText, textOfStreams } from "./pdf-text.fixture"
import { type PrintedReport, renderReport } from "./render-report"

const printed = (markdown: string, more: Partial<PrintedReport> = {}): PrintedReport => ({
  title: "A report",
  markdown,
  textSha256: "ab".repeat(32),
  head: { seq: 42, hash: "cd".repeat(32) },
  standing: "Revision 2, saved by Olga",
  at: new Date("2026-11-24T10:00:00.000Z"),
  ...more,
})
const words = (pdf: Buffer) => pdfText(pdf).replace(/\s+/g, " ")

describe("a report as PDF", () => {
  const { timeline, incident } = incidentStory()
  const model = draftIncidentReport(timeline.state, incident, timeline.events)
  if (!model) throw new Error("nothing was drafted")
  const markdown = reportInMarkdown(model)

  test("says the times and names of its text, and what it rests on", async () => {
    const pdf = await renderReport(printed(markdown))
    if (process.env.KEEP_PDF) writeFileSync(process.env.KEEP_PDF, pdf)
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
    for (const text of [words(pdf), textOfStreams(pdf).replace(/\s+/g, " ")]) {
      expect(text).toContain("Incident 1: Errors")
      expect(text).toContain("16:20:00 UTC")
      expect(text).toContain("Test the pool under load")
      expect(text).toContain("We are going back.")
      expect(text).toContain(`SHA-256 ${"ab".repeat(32)}`)
      expect(text).toContain(`Chain 42:${"cd".repeat(32)}`)
      expect(text).toContain("Revision 2, saved by Olga")
      expect(text).toMatch(/Page 1 of \d/)
    }
  })

  test("is the same, byte for byte, for the same text", async () => {
    const one = await renderReport(printed(markdown))
    expect((await renderReport(printed(markdown))).equals(one)).toBe(true)
  })

  test("shows HTML as it is written, pictures by their words, and where links lead", async () => {
    const text = words(
      await renderReport(
        printed(
          "<b>bold</b> [here](https://example.com/x) [bad](javascript:alert) ![cat](http://e/c.png)\n\n<div>block</div>",
        ),
      ),
    )
    expect(text).toContain("<b>bold</b>")
    expect(text).toContain("here (https://example.com/x)")
    expect(text).toContain("bad")
    expect(text).not.toContain("javascript")
    expect(text).toContain("[cat] (http://e/c.png)")
    expect(text).toContain("<div>block</div>")
  })

  test("repeats a table's head on its pages, and holds every row", async () => {
    const rows = Array.from({ length: 150 }, (_, n) => `| row ${n} | ${"word ".repeat(12)} |`)
    const text = words(await renderReport(printed(`| Column A | Column B |\n| --- | --- |\n${rows.join("\n")}\n`)))
    expect(text.match(/Column A/g)?.length).toBeGreaterThan(2)
    for (const n of [0, 77, 149]) expect(text).toContain(`row ${n} `)
  })

  test.each([
    ["a cell that no page holds", `| A | B |\n| - | - |\n| x | ${"long ".repeat(3_000)} |`],
    ["a table of many columns", `|${"a|".repeat(40)}\n|${"-|".repeat(40)}\n|${"b|".repeat(40)}`],
    ["an endless word", `# ${"x".repeat(3_000)}\n\n${"y".repeat(5_000)}`],
    [
      "lists in lists, code and quotes",
      "1. a\n   - b\n     > c\n\n     ```\n     d\n     ```\n2. e\n\n> - f\n\n---\n\n```\n  g\n```\n[h]: https://x",
    ],
    ["scripts that the fonts lack", "李小龍 محمد 👩🏽‍💻\n\n| 中 |\n| - |\n| ב |"],
    ["nothing", ""],
  ])("does not fall over %s", async (_what, text) => {
    const pdf = await renderReport(printed(text))
    expect(pdf.length).toBeGreaterThan(2_000)
    expect(textOfStreams(pdf)).toContain("Page 1 of")
  })
})
