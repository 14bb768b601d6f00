import { randomBytes } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { closeBox, openBox } from "./secret-box"

const key = randomBytes(32)

test("what was closed opens again, with the same key and for the same place only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, bound) => {
      const box = closeBox(key, bound, text)
      expect(openBox(key, bound, box)).toBe(text.toWellFormed())
      expect(openBox(key, `${bound} `, box)).toBeNull()
      expect(openBox(randomBytes(32), bound, box)).toBeNull()
    }),
  )
})

test("a single changed bit, a missing byte and too little do not open", () => {
  const box = closeBox(key, "place", "a secret")
  for (let bit = 0; bit < box.length * 8; bit += 1) {
    const changed = Buffer.from(box)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(openBox(key, "place", changed)).toBeNull()
  }
  for (let length = 0; length < box.length; length += 1)
    expect(openBox(key, "place", box.subarray(0, length))).toBeNull()
})

test("the same text closed twice looks different", () => {
  expect(closeBox(key, "place", "a secret").equals(closeBox(key, "place", "a secret"))).toBe(false)
})
