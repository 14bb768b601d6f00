import PDFDocument from "pdfkit"
import type { CertificateDocument, CertificateFact, SealedCertificate } from "@/lib/contracts/api/audit"
import { certificateDocument } from "./certificate-document"
import { codePoints, Drawable, type FontName, fonts } from "./document-fonts"

type Doc = InstanceType<typeof PDFDocument>

const MARGIN = 54
const LABEL_WIDTH = 116
const QR_SIZE = 78
const INK = "#17171a"
const FAINT = "#63636e"
const LINE = "#cfcfd6"
const MOST_UNDRAWN = 12

/** The certificate as PDF (A4): the same bytes for the same data. */
export async function renderCertificate(sealed: SealedCertificate): Promise<Buffer> {
  const content = certificateDocument(sealed)
  const at = new Date(sealed.certificate.asOf)
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    font: fonts.text,
    bufferPages: true,
    lang: "en",
    displayTitle: true,
    info: { Title: `Certificate of ${content.title}`, Producer: "Golive", CreationDate: at, ModDate: at },
  })
  const whole = collect(doc)
  const paper = new Paper(doc)
  head(paper, content)
  for (const signature of content.signatures) drawSignature(paper, signature)
  if (content.signatures.length === 0) paper.say("Nobody has signed.", "text", 10)
  drawRest(paper, content)
  numberPages(paper, content)
  doc.end()
  return whole
}

/** A page with a pen: knows where it is, and when a new one is needed. */
class Paper {
  readonly drawable: Drawable

  constructor(readonly doc: Doc) {
    this.drawable = new Drawable(doc)
  }

  get width(): number {
    return this.doc.page.width - 2 * MARGIN
  }

  get undrawn(): string[] {
    return [...this.drawable.undrawn]
  }

  private choose(font: FontName, size: number): Doc {
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
}

function head(paper: Paper, { title, qr, facts, roles }: CertificateDocument): void {
  const { doc } = paper
  drawQr(doc, qr, { x: MARGIN + paper.width - QR_SIZE, y: MARGIN, size: QR_SIZE })
  doc.y = MARGIN
  const room = paper.width - QR_SIZE - 16
  paper.say("Golive · Certificate of signatures", "text", 9, FAINT, room)
  doc.y += 4
  paper.say(title, "strong", 19, INK, room)
  doc.y += 6
  for (const fact of facts) paper.fact(fact, doc.y < MARGIN + QR_SIZE + 12 ? room : paper.width)
  paper.section("Roles", roles)
  paper.title("Signatures")
}

function drawSignature(
  paper: Paper,
  { title, meaning, facts, stands }: CertificateDocument["signatures"][number],
): void {
  paper.need(190)
  paper.doc.y += 4
  paper.say(stands ? title : `${title} (does not stand)`, "strong", 11, stands ? INK : FAINT)
  paper.doc.y += 1
  paper.say(`“${meaning}”`, "text", 9.5)
  paper.doc.y += 3
  for (const fact of facts) paper.fact(fact)
  paper.rule()
}

function drawRest(paper: Paper, { history, checklist, remarks, sealWords, seal }: CertificateDocument): void {
  paper.section("What else happened to the sign-offs", history)
  paper.section("Checklist", checklist)
  paper.title("What this relies on")
  for (const remark of remarks) {
    paper.say(remark, "text", 9)
    paper.doc.y += 2
  }
  paper.title("Seal")
  paper.say(sealWords, "text", 9)
  paper.doc.y += 3
  for (const fact of seal) paper.fact(fact)
  drawUndrawn(paper)
}

/** Names in scripts that these fonts lack are exact in the data; here they are given by their numbers. */
function drawUndrawn(paper: Paper): void {
  const { undrawn } = paper
  if (undrawn.length === 0) return
  paper.title("Characters that this document’s fonts lack")
  paper.say("They stand as empty boxes above, and exactly in certificate.json. In their place in Unicode:", "text", 9)
  for (const text of undrawn.slice(0, MOST_UNDRAWN)) paper.say(codePoints(text.slice(0, 200)), "mono", 7)
  if (undrawn.length > MOST_UNDRAWN) paper.say(`… and ${undrawn.length - MOST_UNDRAWN} more.`, "text", 9)
}

function drawQr(
  doc: Doc,
  rows: readonly (readonly boolean[])[],
  { x, y, size }: { x: number; y: number; size: number },
): void {
  const module = size / rows.length
  for (const [row, cells] of rows.entries()) {
    for (const [column, dark] of cells.entries()) {
      if (dark) doc.rect(x + column * module, y + row * module, module, module)
    }
  }
  doc.fill(INK)
}

function numberPages({ doc }: Paper, { releaseId, seq }: CertificateDocument): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    // Below the margin: text there would otherwise begin a page of its own.
    doc.page.margins.bottom = 0
    const y = doc.page.height - MARGIN + 18
    doc.font(fonts.text).fontSize(8).fillColor(FAINT)
    doc.text(`Release ${releaseId}, event ${seq}`, MARGIN, y, { lineBreak: false })
    doc.text(`Page ${page + 1} of ${count}`, MARGIN, y, { width: doc.page.width - 2 * MARGIN, align: "right" })
    doc.page.margins.bottom = MARGIN
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
