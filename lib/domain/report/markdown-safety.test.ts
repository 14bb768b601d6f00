import fc from "fast-check"
import type { Nodes, Root } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { gfmTableFromMarkdown } from "mdast-util-gfm-table"
import { gfmTable } from "micromark-extension-gfm-table"
import { describe, expect, test } from "vitest"
import { draftIncidentReport } from "./draft-incident-report"
import { inlineMarkdown, quotedMarkdown } from "./escape-markdown"
import { incidentStory, type Words } from "./incident-story.fixture"
import { markdownPieces, tooIntricate } from "./markdown-pieces"
import { reportInMarkdown } from "./report-in-markdown"
import { safeLink } from "./safe-link"

const parse = (text: string): Root =>
  fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })

/** The kinds of a document's parts, without what they say. */
function shape(node: Nodes): unknown {
  return "children" in node ? [node.type, ...node.children.map(shape)] : node.type
}
function wordsIn(node: Nodes): string {
  if ("children" in node) return node.children.map(wordsIn).join("")
  return node.type === "text" ? node.value : node.type === "break" ? "\n" : ""
}

const nasty = fc.constantFrom(
  "<script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "![x](http://evil/x.png)",
  "<javascript:alert(1)>",
  "https://evil.example",
  "www.evil.example",
  "# Heading",
  "## Times",
  "- item",
  "1. one",
  "1) one",
  "> quote",
  "```",
  "~~~",
  "---",
  "===",
  "***",
  "| a | b |",
  "|-|-|",
  "\\",
  "\\|",
  "`|`",
  "&lt;b&gt;",
  "&#60;",
  "*a*",
  "__b__",
  "a_b_c",
  "<!-- x -->",
  "[a]: http://evil",
  "[^1]",
  "\n\n# New\n\n",
  "\r\n| x |",
  "\u2028",
  "    code",
  "\t",
  "a  ",
  "#",
  "x #",
  "!",
  "~a~",
  "\u202e",
)
const typed = fc
  .array(fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 12 }), fc.constantFrom(" ", "\n", "x")), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `x${parts.join("")}`)

const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()

describe("what people write cannot leave its place", () => {
  test.each([
    ["a paragraph", (line: string) => line],
    ["a heading", (line: string) => `## ${line}`],
    ["a list", (line: string) => `- ${line}`],
    ["a bold label", (line: string) => `- **${line}:** ${line}`],
    ["a cell", (line: string) => `| a | b |\n| --- | --- |\n| ${line} | ${line} |`],
    ["a quote", (line: string) => `> ${line}`],
  ])("as %s, one line of it shows exactly its words", (_where, place) => {
    const usual = shape(parse(place("x")))
    fc.assert(
      fc.property(typed, (words) => {
        const tree = parse(place(inlineMarkdown(words)))
        expect(shape(tree)).toEqual(usual)
        expect(wordsIn(tree)).toContain(plain(words))
      }),
      { numRuns: 150 },
    )
  })

  test("a line that begins with markup begins with its words", () => {
    for (const start of [
      "# a",
      "> a",
      "- a",
      "+ a",
      "1. a",
      "12) a",
      "=== a",
      "```a",
      "~~~a",
      "| a |",
      "<b>",
      "***",
      "&amp;",
    ]) {
      const tree = parse(inlineMarkdown(start))
      expect(shape(tree), start).toEqual(["root", ["paragraph", "text"]])
      expect(wordsIn(tree)).toBe(start)
    }
  })

  test("several lines stay in their quote", () => {
    fc.assert(
      fc.property(typed, (words) => {
        const tree = parse(`${quotedMarkdown(words)}\n\nafter`)
        expect(tree.children.map(({ type }) => type)).toEqual(["blockquote", "paragraph"])
        const kinds = JSON.stringify(shape(tree))
        for (const kind of ["html", "link", "image", "heading", "code", "list", "table", "emphasis", "strong"]) {
          expect(kinds).not.toContain(`"${kind}"`)
        }
      }),
      { numRuns: 150 },
    )
  })

  test("a whole report has the same parts whatever its people are called and say", () => {
    const report = (change: Partial<Words>) => {
      const { timeline, incident } = incidentStory(change)
      const model = draftIncidentReport(timeline.state, incident, timeline.events)
      if (!model) throw new Error("nothing was drafted")
      return parse(reportInMarkdown(model))
    }
    const usual = shape(report({ message: "one line" }))
    const one = fc.record({ title: typed, cause: typed, note: typed, resolution: typed, action: typed, person: typed })
    fc.assert(
      fc.property(one, (change) => {
        expect(shape(report({ ...change, message: "one line" }))).toEqual(usual)
      }),
      { numRuns: 10 },
    )
  })
})

describe("links", () => {
  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil",
    "/relative",
    "",
  ])("%j leads nowhere", (url) => {
    expect(safeLink(url)).toBeNull()
  })
  test("pages and addresses are followed", () => {
    expect(safeLink("https://example.com/a")).toBe("https://example.com/a")
    expect(safeLink("mailto:a@example.com")).toBe("mailto:a@example.com")
  })
})

describe("what takes too long to draw", () => {
  test("is named, and code is no markup", () => {
    expect(tooIntricate("**a _b".repeat(2_000))).toContain("too many marks")
    expect(tooIntricate(`${">".repeat(30)} a`)).toContain("nested")
    expect(tooIntricate("- ".repeat(30))).toContain("nested")
    expect(tooIntricate(`\`\`\`\n${"[*".repeat(20_000)}\n\`\`\``)).toBeNull()
    expect(tooIntricate(Array.from({ length: 800 }, () => "| a | b | c |").join("\n"))).toBeNull()
  })

  test("pieces hold all of a text, in its order", () => {
    const text = "# A\n\nb\nc\n\n- d\n\n  e\n\n```sh\nf\n\ng\n```\n\n| h |\n|---|\n| i |\n"
    const pieces = markdownPieces(text)
    expect(pieces.map(({ kind, text: piece }) => `${kind}: ${piece.trim()}`)).toEqual([
      "markdown: # A",
      "markdown: b\nc",
      "markdown: - d\n\n  e",
      "code: f\n\ng",
      "markdown: | h |\n|---|\n| i |",
    ])
  })
})
