import PDFDocument from "pdfkit"
import { encode } from "uqr"
import type { Certificate, CertifiedSignature, SealedCertificate } from "@/lib/contracts/api/audit"
import { bothClocks, fateInWords, itemsInWords, releaseFacts, sealWords, signatureFacts } from "./certificate-words"
import { codePoints, Drawable, type FontName, fonts } from "./document-fonts"

type Doc = InstanceType<typeof PDFDocument>

const MARGIN = 54
const LABEL_WIDTH = 116
const INK = "#17171a"
const FAINT = "#63636e"
const LINE = "#cfcfd6"
const MOST_UNDRAWN = 12

/** The certificate as PDF (A4): the same bytes for the same data. */
export async function renderCertificate(sealed: SealedCertificate): Promise<Buffer> {
  const { certificate } = sealed
  const at = new Date(certificate.asOf)
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    font: fonts.text,
    bufferPages: true,
    lang: "en",
    displayTitle: true,
    info: { Title: `Certificate of ${certificate.release.name}`, Producer: "Golive", CreationDate: at, ModDate: at },
  })
  const whole = collect(doc)
  const paper = new Paper(doc)
  head(paper, sealed)
  for (const signature of certificate.signatures) drawSignature(paper, signature, certificate.zone)
  if (certificate.signatures.length === 0) paper.say("Nobody has signed.", "text", 10)
  drawRest(paper, sealed)
  numberPages(paper, certificate)
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

  say(text: string, font: FontName, size: number, colour = INK): void {
    const doc = this.choose(font, size)
    doc.fillColor(colour).text(this.drawable.text(text), MARGIN, doc.y, { width: this.width, lineGap: 1.5 })
  }

  title(text: string): void {
    this.need(60)
    this.doc.y += 14
    this.say(text, "strong", 12)
    this.rule()
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

  fact({ label, value, mono = false }: { label: string; value: string; mono?: boolean }, width = this.width): void {
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

function head(paper: Paper, { certificate, url }: SealedCertificate): void {
  const { doc } = paper
  const size = 78
  drawQr(doc, url, { x: MARGIN + paper.width - size, y: MARGIN, size })
  doc.y = MARGIN
  paper.say("Golive · Certificate of signatures", "text", 9, FAINT)
  doc.font(fonts.strong).fontSize(19)
  const { release } = certificate
  const room = paper.width - size - 16
  doc.fillColor(INK).text(paper.drawable.text(release.name), MARGIN, doc.y + 4, { width: room })
  doc.y += 6
  for (const fact of releaseFacts(certificate)) paper.fact(fact, doc.y < MARGIN + size + 12 ? room : paper.width)
  paper.title("Roles")
  for (const { title, status, standing, quorum, reason } of certificate.roles) {
    const stand = `${status}, ${standing} of ${quorum}`
    paper.fact({ label: title, value: reason && status !== "signed" ? `${stand}: ${reason}` : stand })
  }
  paper.title("Signatures")
}

function drawSignature(paper: Paper, signature: CertifiedSignature, zone: string): void {
  const { doc } = paper
  paper.need(190)
  doc.y += 4
  paper.say(`${signature.title}: ${signature.signer.name}`, "strong", 11)
  doc.y += 1
  paper.say(`“${signature.meaning}”`, "text", 9.5)
  doc.y += 3
  paper.fact({ label: "Now", value: fateInWords(signature, zone) })
  for (const fact of signatureFacts(signature, zone)) paper.fact(fact)
  if (signature.items.length > 0) paper.fact({ label: "Confirmed", value: signature.items.join("; ") })
  paper.rule()
}

function drawRest(paper: Paper, { certificate, hash, seal }: SealedCertificate): void {
  const { zone, history, setAside, items, remarks, sealedBy } = certificate
  if (history.length > 0) {
    paper.title("What else happened to the sign-offs")
    for (const { at, by, title, words } of history)
      paper.fact({ label: title, value: `${words} (${by}, ${bothClocks(at, zone)})` })
  }
  paper.title("Checklist")
  paper.fact({ label: "Items", value: itemsInWords(items) })
  for (const { title, state, reason, by, at } of setAside) {
    const when = at ? `, ${bothClocks(at, zone)}` : ""
    paper.fact({
      label: state.replaceAll("_", " "),
      value: `${title}: ${reason ?? "no reason given"} (${by ?? "?"}${when})`,
    })
  }
  paper.title("What this relies on")
  for (const remark of remarks) {
    paper.say(remark, "text", 9)
    paper.doc.y += 2
  }
  paper.title("Seal")
  paper.say(sealWords, "text", 9)
  paper.doc.y += 3
  paper.fact({ label: "Data, SHA-256", value: hash, mono: true })
  paper.fact({ label: "Seal, base64url", value: seal, mono: true })
  paper.fact({ label: "Key", value: sealedBy, mono: true })
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

function drawQr(doc: Doc, url: string, { x, y, size }: { x: number; y: number; size: number }): void {
  const { data } = encode(url, { ecc: "M", border: 0 })
  const module = size / data.length
  for (const [row, cells] of data.entries()) {
    for (const [column, dark] of cells.entries()) {
      if (dark) doc.rect(x + column * module, y + row * module, module, module)
    }
  }
  doc.fill(INK)
}

function numberPages({ doc }: Paper, { release, head: { seq } }: Certificate): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    // Below the margin: text there would otherwise begin a page of its own.
    doc.page.margins.bottom = 0
    const y = doc.page.height - MARGIN + 18
    doc.font(fonts.text).fontSize(8).fillColor(FAINT)
    doc.text(`Release ${release.id}, event ${seq}`, MARGIN, y, { lineBreak: false })
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
