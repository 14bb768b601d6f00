import { describe, expect, test } from "vitest"
import { certificateDocument } from "./certificate-document"
import { codePoints } from "./document-fonts"
import { renderCertificate } from "./render-certificate"
import { certifiedSignature, sealedCertificate } from "./sealed-certificate.fixture"

const pages = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

describe("the PDF", () => {
  test("is the same, byte for byte, for the same certificate, and another one for another", async () => {
    const one = await renderCertificate(sealedCertificate([certifiedSignature()]))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect((await renderCertificate(sealedCertificate([certifiedSignature()]))).equals(one)).toBe(true)
    const other = await renderCertificate(sealedCertificate([certifiedSignature({ address: "203.0.113.8" })]))
    expect(other.equals(one)).toBe(false)
  })

  test("carries its fonts, and has as many pages as it takes", async () => {
    const few = await renderCertificate(sealedCertificate([certifiedSignature()]))
    expect(few.subarray(0, 5).toString()).toBe("%PDF-")
    expect(few.toString("latin1")).toContain("/FontFile2")
    const many = Array.from({ length: 40 }, (_, n) => certifiedSignature({ id: `signature ${n}` }))
    const long = await renderCertificate(sealedCertificate(many))
    expect(pages(few)).toBeGreaterThan(0)
    expect(pages(few)).toBeLessThan(5)
    expect(pages(long)).toBeGreaterThan(10)
    expect(pages(long)).toBeLessThan(41)
  })

  test.each([
    "李小龍",
    "محمد عبد الله",
    "יוסי כהן",
    "👩🏽‍💻 Ada",
    "นภัสสร",
    "a\u0000b\u202ec\ufeff",
    "\ud800 half a pair",
    "",
    "x".repeat(5_000),
    "fi ffi ﬁ Ǆ Å̊",
  ])("does not fall over a person called %j", async (name) => {
    const signature = certifiedSignature({ signer: { name, email: null }, meaning: `I, ${name}, confirm.` })
    const pdf = await renderCertificate(sealedCertificate([signature], { remarks: [name] }))
    expect(pdf.length).toBeGreaterThan(5_000)
  })

  test("of nothing signed at all is a document too", async () => {
    const empty = sealedCertificate([], { roles: [], history: [], setAside: [], items: {} })
    expect(pages(await renderCertificate(empty))).toBeGreaterThan(0)
  })
})

describe("in words", () => {
  const factsOf = (change: Parameters<typeof certifiedSignature>[0]) => {
    const [first] = certificateDocument(sealedCertificate([certifiedSignature(change)])).signatures
    return Object.fromEntries((first?.facts ?? []).map(({ label, value }) => [label, value]))
  }

  test("a time stands by both clocks, and for whom was signed beside who signed", () => {
    const facts = factsOf({ onBehalfOf: { name: "Bo", email: "bo@example.test" } })
    expect(facts.Time).toBe("23 Nov 2026, 14:30:00 UTC · 23 Nov 2026, 09:30:00 UTC-05:00 (America/New_York)")
    expect(facts["On behalf of"]).toBe("Bo <bo@example.test>")
    expect(facts.Now).toBe("stands")
  })

  test("what became of a signature is said with its time and reason", () => {
    const voided = factsOf({ fate: "void", fateReason: "“DNS” was waived", fateAt: "2026-11-23T14:45:00.000Z" })
    expect(voided.Now).toContain("void, 23 Nov 2026, 14:45:00 UTC")
    expect(voided.Now).toContain(": “DNS” was waived")
    expect(factsOf({ expiresAt: "2026-11-24T00:00:00.000Z" }).Now).toContain("stands until 24 Nov 2026, 00:00:00 UTC")
  })

  test("code points are exact in every script", () => {
    expect(codePoints("é中👩")).toBe("U+00E9 U+4E2D U+1F469")
  })
})
