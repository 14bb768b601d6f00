import type { CertificateDocument, SealedCertificate } from "@/lib/contracts/api/audit"
import { certificateDocument } from "./certificate-document"
import { type Doc, FAINT, INK, MARGIN, Paper } from "./paper"

const QR_SIZE = 78

/** The certificate as PDF (A4): the same bytes for the same data. */
export async function renderCertificate(sealed: SealedCertificate): Promise<Buffer> {
  const content = certificateDocument(sealed)
  const at = new Date(sealed.certificate.asOf)
  const paper = new Paper({ title: `Certificate of ${content.title}`, at })
  head(paper, content)
  for (const signature of content.signatures) drawSignature(paper, signature)
  if (content.signatures.length === 0) paper.say("Nobody has signed.", "text", 10)
  drawRest(paper, content)
  numberPages(paper, content)
  return paper.end()
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
  paper.drawUndrawn("certificate.json")
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

function numberPages(paper: Paper, { releaseId, seq }: CertificateDocument): void {
  paper.foot((page, count) => [`Release ${releaseId}, event ${seq}`, `Page ${page} of ${count}`])
}
