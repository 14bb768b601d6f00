import type { Table } from "mdast"
import { fonts } from "@/lib/server/certificate/document-fonts"
import { FAINT, INK, LINE, MARGIN, type Paper } from "@/lib/server/certificate/paper"
import { wordsOf } from "./text-runs"

const SIZE = 7.5
const GAP = 8
const LINE_GAP = 1
const NARROWEST = 26

/** A table with its head on every page. A row that no page could hold is told cell by cell. */
export function drawTable(paper: Paper, { children }: Table, indent: number): void {
  paper.choose("text", SIZE)
  const [head = [], ...rows] = children.map((row) =>
    row.children.map((cell) => paper.drawable.text(wordsOf(cell.children))),
  )
  const widths = columnWidths(paper, [head, ...rows], paper.width - indent)
  const place = { paper, widths, left: MARGIN + indent }
  const pageHeight = paper.doc.page.height - 2 * MARGIN
  paper.need(heightOf(place, head, true) + 24)
  drawRow(place, head, true)
  for (const row of rows) {
    const height = heightOf(place, row, false)
    if (height > pageHeight / 2) {
      for (const [index, value] of row.entries()) if (value) paper.fact({ label: head[index] ?? "", value })
      continue
    }
    const { page } = paper.doc
    paper.need(height)
    if (paper.doc.page !== page) drawRow(place, head, true)
    drawRow(place, row, false)
  }
  paper.doc.y += 6
}

interface Place {
  paper: Paper
  widths: readonly number[]
  left: number
}

function heightOf({ paper, widths }: Place, cells: readonly string[], isHead: boolean): number {
  const doc = paper.choose(isHead ? "strong" : "text", SIZE)
  const heights = widths.map((width, index) =>
    doc.heightOfString(cells[index] || " ", { width: width - GAP, lineGap: LINE_GAP }),
  )
  return Math.max(...heights) + 5
}

function drawRow(place: Place, cells: readonly string[], isHead: boolean): void {
  const { paper, widths, left } = place
  const height = heightOf(place, cells, isHead)
  const { doc } = paper
  const y = doc.y
  let x = left
  for (const [index, width] of widths.entries()) {
    paper.choose(isHead ? "strong" : "text", SIZE).fillColor(isHead ? FAINT : INK)
    doc.text(cells[index] ?? "", x, y + 2, { width: width - GAP, lineGap: LINE_GAP })
    x += width
  }
  doc.y = y + height
  doc
    .moveTo(left, doc.y)
    .lineTo(x - GAP, doc.y)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke()
}

/** What its words want where there is room; else the wide ones share what the narrow ones leave. */
function columnWidths(paper: Paper, rows: readonly (readonly string[])[], room: number): number[] {
  const doc = paper.doc.font(fonts.strong).fontSize(SIZE)
  const count = rows[0]?.length ?? 0
  const wanted = Array.from({ length: count }, (_, column) =>
    Math.max(NARROWEST, ...rows.map((row) => doc.widthOfString(row[column] ?? "") + GAP + 1)),
  )
  const widths = wanted.map(() => 0)
  let open = wanted.map((_, column) => column)
  let left = room
  while (open.length > 0) {
    const share = left / open.length
    const narrow = open.filter((column) => (wanted[column] ?? 0) <= share)
    for (const column of narrow.length > 0 ? narrow : open) {
      const width = Math.min(wanted[column] ?? 0, share)
      widths[column] = width
      left -= width
    }
    open = narrow.length > 0 ? open.filter((column) => !narrow.includes(column)) : []
  }
  return widths
}
