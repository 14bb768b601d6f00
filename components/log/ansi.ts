/** How a stretch of terminal output looks. Colours are the 16 named ones; anything else keeps the default. */
export interface AnsiSpan {
  text: string
  className: string
}

const colours = [
  "text-[#8b8b97]",
  "text-[#ff8079]",
  "text-[#54c98f]",
  "text-[#e8b659]",
  "text-[#8aabff]",
  "text-[#d6a1ff]",
  "text-[#69d2d8]",
  "text-[#ededf0]",
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const ESCAPES = /\u001b(?:\[([0-9;?]*)([A-Za-z])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-B0-2]|.)/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is left of them is taken out before it is shown
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** One line of output as spans of text: colours and weight are kept, every other control sequence is dropped. */
export function ansiSpans(line: string): AnsiSpan[] {
  if (!line.includes("\u001b")) return [{ text: line.replace(CONTROLS, ""), className: "" }]
  const spans: AnsiSpan[] = []
  let colour = ""
  let weight = ""
  let from = 0
  const push = (text: string) => {
    const clean = text.replace(CONTROLS, "")
    if (clean) spans.push({ text: clean, className: `${colour} ${weight}`.trim() })
  }
  for (const match of line.matchAll(ESCAPES)) {
    push(line.slice(from, match.index))
    from = match.index + match[0].length
    if (match[2] !== "m") continue
    for (const code of (match[1] || "0").split(";").map(Number)) {
      if (code === 0) colour = weight = ""
      else if (code === 1) weight = "font-semibold"
      else if (code === 2) weight = "opacity-70"
      else if (code === 22) weight = ""
      else if (code === 39) colour = ""
      else if (code >= 30 && code <= 37) colour = colours[code - 30] ?? ""
      else if (code >= 90 && code <= 97) colour = colours[code - 90] ?? ""
    }
  }
  push(line.slice(from))
  return spans
}

/** The words of a line without any escape sequence. */
export function plainText(line: string): string {
  return line.replace(ESCAPES, "").replace(CONTROLS, "")
}
