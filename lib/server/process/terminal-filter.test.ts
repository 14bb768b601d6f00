import fc from "fast-check"
import { expect, test } from "vitest"
import { TerminalFilter } from "./terminal-filter"

const filter = (...pieces: string[]) => {
  const terminal = new TerminalFilter()
  return pieces.map((piece) => terminal.push(piece)).join("")
}

test.each([
  ["plain\ttext\r\n", "plain\ttext\r\n"],
  ["\u001b[1;38;5;196mred\u001b[m", "\u001b[1;38;5;196mred\u001b[m"],
  ["\u001b]0;title\u0007after", "after"],
  ["\u001b]0;title\u001b\\after", "after"],
  ["\u009d0;title\u009cafter", "after"],
  ["\u001bP1$r0m\u001b\\after", "after"],
  ["\u001b[2J\u001b[Hafter", "after"],
  ["\u001b[?1049hafter", "after"],
  ["\u001b(Bafter", "after"],
  ["\u001bcafter", "after"],
  ["a\u0000b\u0008c\u007fd", "abcd"],
  ["\u001b]never ended\nnext line", "\nnext line"],
  [`\u001b]${"x".repeat(5_000)}`, "x".repeat(904)],
])("%j becomes %j", (text, wanted) => {
  expect(filter(text)).toBe(wanted)
  expect(filter(...text)).toBe(wanted)
})

test("cut anywhere, the result is the same, and nothing but colours begins with an escape", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "\u001b", "[", "]", "m", "3", ";", "\u0007", "\\", "\n", "\u009b", "P"),
  })
  fc.assert(
    fc.property(text, (whole) => {
      const answer = filter(whole)
      expect(filter(...whole)).toBe(answer)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
      expect(answer.replace(/\u001b\[[\d;:]*m/g, "")).not.toMatch(/[\u001b\u0007\u0080-\u009f]/)
    }),
  )
})
