import { expect, test } from "vitest"
import { ansiSpans, plainText } from "./ansi"

test("keeps colours and weight as classes", () => {
  const spans = ansiSpans("\u001b[32mok\u001b[0m then \u001b[1;31mbad\u001b[0m")
  expect(spans.map((span) => span.text)).toEqual(["ok", " then ", "bad"])
  expect(spans[0]?.className).toContain("text-")
  expect(spans[1]?.className).toBe("")
  expect(spans[2]?.className).toContain("font-semibold")
})

test("drops cursor moves, titles, links and stray controls", () => {
  const line = "a\u001b[2Kb\u001b]0;title\u0007c\u001b]8;;http://x\u001b\\d\u0008\u202ee"
  expect(plainText(line)).toBe("abcde")
  expect(
    ansiSpans(line)
      .map((span) => span.text)
      .join(""),
  ).toBe("abcde")
})

test("text that looks like markup stays text", () => {
  expect(ansiSpans("<script>alert(1)</script>")).toEqual([{ text: "<script>alert(1)</script>", className: "" }])
})
