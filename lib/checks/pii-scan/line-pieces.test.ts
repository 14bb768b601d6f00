import fc from "fast-check"
import { expect, test } from "vitest"
import { countBreaks, LinePieces, type Piece } from "./line-pieces"

function cut(parts: readonly string[]): Piece[] {
  const pieces = new LinePieces()
  return [...parts.flatMap((part) => [...pieces.push(part)]), ...pieces.end()]
}

test("every letter is counted once, on its line, however the text came", () => {
  const line = fc.oneof(fc.nat(200), fc.nat(20_000), fc.nat(200_000)).map((length) => "x".repeat(length))
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"))
  fc.assert(
    fc.property(text, fc.array(fc.nat(100_000), { maxLength: 5 }), (whole, places) => {
      const marks = [0, ...places.map((place) => place % (whole.length + 1)).sort((a, b) => a - b), whole.length]
      const parts = marks.slice(1).map((mark, i) => whole.slice(marks[i], mark))
      const pieces = cut(parts)
      expect(pieces).toEqual(cut([whole]))
      expect(pieces.map(({ text, from, to }) => text.slice(from, to)).join("") === whole).toBe(true)
      let at = 0
      for (const { text, from, to, line } of pieces) {
        expect(line + countBreaks(text, from)).toBe(1 + countBreaks(whole, at))
        at += to - from
      }
    }),
    { numRuns: 60 },
  )
})

test("what lies across a cut is seen whole, once", () => {
  for (let before = 65_400; before < 65_700; before += 7) {
    const pieces = cut([`${"x".repeat(before)} ann@corp.example ${"y".repeat(100_000)}`])
    const seen = pieces.filter(({ text, from, to }) => {
      const at = text.indexOf("ann@corp.example")
      return at >= from && at < to
    })
    expect(seen).toHaveLength(1)
  }
})
