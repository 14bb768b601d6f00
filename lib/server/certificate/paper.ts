import PDFDocument from "pdfkit"
import type { CertificateFact } from "@/lib/contracts/api/audit"
import { codePoints, Drawable, type FontName, fonts } from "./document-fonts"

export type Doc = InstanceType<typeof PDFDocument>

export const MARGIN = 54
export const INK = "#17171a"
export const FAINT = "#63636e"
export const LINE = "#cfcfd6"
const LABEL_WIDTH = 116
const MOST_UNDRAWN = 12

/** A page with a pen: knows where it is, and when a new one is needed. */
export class Paper {
  readonly doc: Doc
  readonly drawable: Drawable
  private readonly whole: Promise<Buffer>

  /** `at` makes the same document the same bytes. */
  constructor({ title, at }: { title: string; at: Date }) {
    this.doc = new PDFDocument({
      size: "A4",
      margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
      font: fonts.text,
      bufferPages: true,
      lang: "en",
      displayTitle: true,
      info: { Title: title, Producer: "Golive", CreationDate: at, ModDate: at },
    })
    this.whole = collect(this.doc)
    this.drawable = new Drawable(this.doc)
  }

  get width(): number {
    return this.doc.page.width - 2 * MARGIN
  }

  get undrawn(): string[] {
    return [...this.drawable.undrawn]
  }

  choose(font: FontName, size: number): Doc {
    return this.doc.font(fonts[font]).fontSize(size)
  }

  need(points: number): void {
    if (this.doc.y + points > this.doc.page.height - MARGIN) this.doc.addPage()
  }

  say(text: string, font: FontName, size: number, colour = INK, width = this.width): void {
    const doc = this.choose(font, size)
    doc.fillColor(colour).text(this.drawable.text(text), MARGIN, doc.y, { width, lineGap: 1.5 })
  }

  title(text: string): void {
    this.need(60)
    this.doc.y += 14
    this.say(text, "strong", 12)
    this.rule()
  }

  section(title: string, facts: readonly CertificateFact[]): void {
    if (facts.length === 0) return
    this.title(title)
    for (const fact of facts) this.fact(fact)
  }

  rule(): void {
    const y = this.doc.y + 3
    this.doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + this.width, y)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke()
    this.doc.y = y + 6
  }

  fact({ label, value, mono = false }: CertificateFact, width = this.width): void {
    const valueWidth = width - LABEL_WIDTH
    const doc = this.choose(mono ? "mono" : "text", mono ? 8 : 9)
    const drawn = this.drawable.text(value)
    const height = doc.heightOfString(drawn, { width: valueWidth, lineGap: 1.5 })
    this.need(Math.min(height, 200) + 3)
    const y = doc.y
    this.choose("text", 8)
      .fillColor(FAINT)
      .text(label, MARGIN, y + 0.5, { width: LABEL_WIDTH - 8 })
    this.choose(mono ? "mono" : "text", mono ? 8 : 9).fillColor(INK)
    doc.text(drawn, MARGIN + LABEL_WIDTH, y, { width: valueWidth, lineGap: 1.5 })
    doc.y += 2
  }

  /** Names in scripts that these fonts lack are exact in `exactly`; here they are given by their numbers. */
  drawUndrawn(exactly: string): void {
    const { undrawn } = this
    if (undrawn.length === 0) return
    this.title("Characters that this document’s fonts lack")
    this.say(`They stand as empty boxes above, and exactly in ${exactly}. In their place in Unicode:`, "text", 9)
    for (const text of undrawn.slice(0, MOST_UNDRAWN)) this.say(codePoints(text.slice(0, 200)), "mono", 7)
    if (undrawn.length > MOST_UNDRAWN) this.say(`… and ${undrawn.length - MOST_UNDRAWN} more.`, "text", 9)
  }

  /** What stands below every page: at its left, and at its right. */
  foot(words: (page: number, count: number) => [left: string, right: string]): void {
    const { doc } = this
    const { count } = doc.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      doc.switchToPage(page)
      // Below the margin: text there would otherwise begin a page of its own.
      doc.page.margins.bottom = 0
      const y = doc.page.height - MARGIN + 18
      const [left, right] = words(page + 1, count)
      doc.font(fonts.text).fontSize(8).fillColor(FAINT)
      for (const [index, line] of left.split("\n").entries())
        doc.text(line, MARGIN, y + index * 10, { lineBreak: false })
      doc.text(right, MARGIN, y, { width: doc.page.width - 2 * MARGIN, align: "right" })
      doc.page.margins.bottom = MARGIN
    }
  }

  end(): Promise<Buffer> {
    this.doc.end()
    return this.whole
  }
}

function collect(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    doc.on("data", (piece: Buffer) => pieces.push(piece))
    doc.on("end", () => resolve(Buffer.concat(pieces)))
    doc.on("error", reject)
  })
}
