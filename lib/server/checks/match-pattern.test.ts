import { expect, test } from "vitest"
import { matchPattern } from "./match-pattern"

test("matches, and shows what", () => {
  expect(matchPattern("\\b0 errors", "done, 0 errors")).toEqual({ matched: true, excerpt: "0 errors" })
  expect(matchPattern("^x$", "y")).toEqual({ matched: false, excerpt: null })
  expect(matchPattern("a*", "b")).toEqual({ matched: true, excerpt: "" })
})

test("a pattern that would take years is stopped", () => {
  const beganMs = performance.now()
  expect(matchPattern("^(a+)+$", `${"a".repeat(50_000)}b`)).toEqual({ error: "the pattern took longer than 200 ms" })
  expect(performance.now() - beganMs).toBeLessThan(2_000)
})

test("no pattern, too long a pattern, too long a text", () => {
  expect(matchPattern("(", "")).toEqual({ error: "the pattern is no regular expression" })
  expect(matchPattern("x".repeat(501), "")).toHaveProperty("error")
  expect(matchPattern("x", "x".repeat(2_000_001))).toHaveProperty("error")
})

test("what comes from outside is text and no program", () => {
  expect(matchPattern("`);process.exit()//", "`);process.exit()//")).toHaveProperty("error")
  expect(matchPattern("\\$\\{text\\}", "$" + "{text}")).toEqual({ matched: true, excerpt: "$" + "{text}" })
})
