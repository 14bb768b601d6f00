import type { List, PhrasingContent, RootContent } from "mdast"
import { fonts } from "@/lib/server/certificate/document-fonts"
import { FAINT, INK, LINE, MARGIN, Paper } from "@/lib/server/certificate/paper"
import { drawTable } from "./draw-table"
import { parseMarkdown } from "./parse-markdown"
import { textLines } from "./text-runs"

export interface PrintedReport {
  title: string
  markdown: string
  textSha256: string
  head: { seq: number; hash: string }
  /** "Revision 2, saved by Olga …", or that it is a draft. */
  standing: string
  at: Date
}

const BODY = 9.5
const STEP = 16
const HEADINGS = [19, 13, 11, 10, 9.5, 9.5]

/** A report as PDF (A4): the same bytes for the same text. */
export function renderReport({ title, markdown, textSha256, head, standing, at }: PrintedReport): Promise<Buffer> {
  const paper = new Paper({ title, at })
  paper.say(`Golive · ${standing}`, "text", 9, FAINT)
  paper.doc.y += 6
  for (const node of parseMarkdown(markdown)) draw(paper, node, { indent: 0, colour: INK })
  paper.drawUndrawn("the Markdown of this report")
  paper.foot((page, count) => [
    `Text, SHA-256 ${textSha256}\nChain ${head.seq}:${head.hash}`,
    `Page ${page} of ${count}`,
  ])
  return paper.end()
}

interface Style {
  indent: number
  colour: string
}

function draw(paper: Paper, node: RootContent, style: Style): void {
  switch (node.type) {
    case "heading":
      drawHeading(paper, node.depth, node.children, style)
      return
    case "paragraph":
      drawLines(paper, node.children, { ...style, size: BODY })
      paper.doc.y += 5
      return
    case "list":
      drawList(paper, node, style)
      paper.doc.y += style.indent === 0 ? 4 : 0
      return
    case "blockquote":
      drawQuote(paper, node.children, style)
      return
    case "table":
      drawTable(paper, node, style.indent)
      return
    case "code":
    case "html":
      drawCode(paper, node.value, style)
      return
    case "thematicBreak":
      paper.need(14)
      paper.rule()
      return
    case "definition":
      drawCode(paper, `[${node.label ?? node.identifier}]: ${node.url}`, style)
      return
    default:
      if ("children" in node) for (const child of node.children) draw(paper, child as RootContent, style)
  }
}

function drawHeading(paper: Paper, depth: number, children: readonly PhrasingContent[], style: Style): void {
  const size = HEADINGS[depth - 1] ?? BODY
  paper.need(size + 48)
  paper.doc.y += depth === 1 ? 2 : 10
  drawLines(paper, children, { ...style, size, strong: true })
  if (depth <= 2) paper.rule()
  else paper.doc.y += 3
}

function drawList(paper: Paper, { ordered, start, children }: List, style: Style): void {
  for (const [index, item] of children.entries()) {
    paper.need(BODY + 6)
    const { y } = paper.doc
    const mark = ordered ? `${(start ?? 1) + index}.` : "•"
    paper.choose("text", BODY).fillColor(FAINT)
    paper.doc.text(mark, MARGIN + style.indent + 2, y, { lineBreak: false })
    paper.doc.y = y
    for (const child of item.children) draw(paper, child, { ...style, indent: style.indent + STEP })
    if (paper.doc.y === y) paper.doc.y += BODY + 4
    // A paragraph leaves room for the next one; items stand closer.
    else paper.doc.y -= 3
  }
}

function drawQuote(paper: Paper, children: readonly RootContent[], style: Style): void {
  const { page, y } = paper.doc
  for (const child of children) draw(paper, child, { indent: style.indent + STEP, colour: FAINT })
  if (paper.doc.page !== page) return
  const x = MARGIN + style.indent + 4
  paper.doc
    .moveTo(x, y)
    .lineTo(x, paper.doc.y - 4)
    .lineWidth(1.5)
    .strokeColor(LINE)
    .stroke()
}

function drawCode(paper: Paper, code: string, style: Style): void {
  for (const line of code.split("\n")) {
    paper.need(11)
    const doc = paper.choose("mono", 7.5).fillColor(style.colour)
    const drawn = paper.drawable.text(line, { blanks: "all" })
    doc.text(drawn || " ", MARGIN + style.indent, doc.y, { width: paper.width - style.indent, lineGap: 1 })
  }
  paper.doc.y += 5
}

function drawLines(
  paper: Paper,
  children: readonly PhrasingContent[],
  { indent, colour, size, strong = false }: Style & { size: number; strong?: boolean },
): void {
  const width = paper.width - indent
  for (const runs of textLines(children)) {
    paper.need(size + 4)
    const { doc } = paper
    if (runs.length === 0) doc.y += size
    for (const [index, { text, font, oblique }] of runs.entries()) {
      const last = index === runs.length - 1
      doc.font(fonts[strong && font === "text" ? "strong" : font]).fontSize(font === "mono" ? size - 1 : size)
      doc.fillColor(colour)
      const drawn = paper.drawable.text(text)
      const options = { width, lineGap: 1.5, continued: !last, oblique }
      if (index === 0) doc.text(drawn, MARGIN + indent, doc.y, options)
      else doc.text(drawn, options)
    }
  }
}
