const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]/gu
/** They turn the direction of the text around them, also of what is not theirs. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * One line of Markdown that shows exactly these words: no markup, no HTML, no link of theirs comes to be, wherever in a
 * document it stands (a paragraph, a heading, a list, a quote, a cell).
 */
export function inlineMarkdown(words: string): string {
  const line = words.toWellFormed().replace(TURNS, "").replace(UNSEEN, " ").replace(/\s+/g, " ").trim()
  const escaped = line
    .replace(/[\\`*[\]<|~]/g, "\\$&")
    .replace(/&(?=[#a-z])/gi, "\\&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    // What stands after a blank could close a heading.
    .replace(/(?<=^|\s)#/g, "\\#")
    // Some programs make links of bare addresses: that would be a link that nobody meant to set.
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
  return escaped.replace(/^[>+=-]/, "\\$&").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
}

/** Words of several lines as a quote: each line stays one. */
export function quotedMarkdown(words: string): string {
  const lines = words.split(/\r\n|[\r\n\u2028\u2029]/).map(inlineMarkdown)
  return lines
    .map((line, index) => {
      if (line === "") return ">"
      return lines[index + 1] ? `> ${line}\\` : `> ${line}`
    })
    .join("\n")
}
