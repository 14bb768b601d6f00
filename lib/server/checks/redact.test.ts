import fc from "fast-check"
import { expect, test } from "vitest"
import { REDACTED, Redactor } from "./redact"

const SECRET = 'p"ss wörd/1'

test("a secret goes in every form that output knows", () => {
  const redactor = new Redactor([SECRET])
  for (const form of [
    SECRET,
    JSON.stringify(SECRET),
    encodeURIComponent(SECRET),
    Buffer.from(SECRET).toString("base64"),
  ]) {
    expect(redactor.text(`before ${form} after`)).toMatch(/^before "?\[redacted\]"? after$/)
  }
  expect(redactor.value({ a: [SECRET, 1, null], [SECRET]: true })).toEqual({ a: [REDACTED, 1, null], [SECRET]: true })
})

test("a secret that begins like another one leaves nothing behind; short texts are no secrets", () => {
  expect(new Redactor(["token", "token-two"]).text("token-two token")).toBe(`${REDACTED} ${REDACTED}`)
  expect(new Redactor(["", "ab", "   "]).text("ab ab")).toBe("ab ab")
})

test("cut anywhere, a secret does not get through, and nothing else is lost", () => {
  const secret = "abcabd"
  const piece = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "\n"), maxLength: 8 })
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.constant(secret))),
      fc.array(fc.integer({ min: 1, max: 5 })),
      (parts, cuts) => {
        const whole = parts.join("")
        let out = ""
        const stream = new Redactor([secret]).stream((text) => {
          out += text
        })
        let at = 0
        for (const cut of cuts) {
          stream.push(whole.slice(at, at + cut))
          at += cut
        }
        stream.push(whole.slice(at))
        stream.end()
        expect(out).toBe(whole.replaceAll(secret, REDACTED))
      },
    ),
  )
})

test("what cannot be a secret any more is not held back", () => {
  const seen: string[] = []
  const stream = new Redactor(["secret"]).stream((text) => seen.push(text))
  for (const piece of ["line\n", "sec", "ond\n", "sec"]) stream.push(piece)
  expect(seen).toEqual(["line\n", "second\n"])
})
