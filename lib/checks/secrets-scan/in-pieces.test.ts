import { describe, expect, test } from "vitest"
import { findSecrets } from "./find-secrets"
import { inPieces } from "./in-pieces"

// Put together here, so that nobody's scanner takes this file for the place of a secret.
const token = ["ghp", "_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("")
const long = (chars: number) => "x = 1;".repeat(Math.ceil(chars / 6)).slice(0, chars)

describe("a text in pieces", () => {
  test("is one piece where its lines are of common length", () => {
    const text = `${long(15_000)}\n`.repeat(50)
    expect([...inPieces(text)]).toEqual([{ line: 1, text }])
    expect([...inPieces("")]).toEqual([])
  })

  test("a long line's pieces overlap, and what stands around it keeps its lines", () => {
    const text = `a\nb\n${long(40_000)}\nc\nd`
    const pieces = [...inPieces(text)]
    expect(pieces[0]).toEqual({ line: 1, text: "a\nb\n" })
    expect(pieces.at(-1)).toEqual({ line: 4, text: "c\nd" })
    const inside = pieces.slice(1, -1)
    expect(inside.length).toBeGreaterThan(2)
    for (const [index, { line, text: piece }] of inside.entries()) {
      expect(line).toBe(3)
      expect(piece.length).toBeLessThanOrEqual(16_000)
      const before = inside[index - 1]
      if (before) expect(piece.startsWith(before.text.slice(-4_000))).toBe(true)
    }
  })
})

test("a secret is found wherever it stands in a long line, once, and others have their turn meanwhile", async () => {
  for (const at of [0, 11_990, 12_000, 15_980, 16_010, 399_000]) {
    const text = `first\n${long(at)} "${token}" ${long(400_000 - at)}\nlast`
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    const found = await findSecrets("bundle.js", text)
    clearInterval(counting)
    expect(found).toMatchObject([{ line: 2, text: token }])
    expect(turns).toBeGreaterThan(5)
  }
})
