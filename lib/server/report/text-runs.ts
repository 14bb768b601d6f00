import type { PhrasingContent } from "mdast"
import { safeLink } from "@/lib/domain/report/safe-link"
import type { FontName } from "@/lib/server/certificate/document-fonts"

/** Words that are drawn in one way. */
export interface TextRun {
  text: string
  font: FontName
  oblique: boolean
}
type Look = Omit<TextRun, "text">

/** Inline Markdown as lines of runs. HTML is shown as it is written, pictures by their words, links with where they lead. */
export function textLines(children: readonly PhrasingContent[]): TextRun[][] {
  const lines: TextRun[][] = [[]]
  const put = (text: string, look: Look) => text !== "" && lines.at(-1)?.push({ text, ...look })
  const walk = (node: PhrasingContent, look: Look): void => {
    switch (node.type) {
      case "text":
        put(node.value, look)
        return
      case "inlineCode":
      case "html":
        put(node.value, { ...look, font: "mono" })
        return
      case "break":
        lines.push([])
        return
      case "strong":
        for (const child of node.children) walk(child, { ...look, font: "strong" })
        return
      case "emphasis":
        for (const child of node.children) walk(child, { ...look, oblique: true })
        return
      case "link": {
        const before = lines.at(-1)?.length ?? 0
        for (const child of node.children) walk(child, look)
        const words = lines
          .at(-1)
          ?.slice(before)
          .map(({ text }) => text)
          .join("")
        if (words !== node.url && safeLink(node.url)) put(` (${node.url})`, look)
        return
      }
      case "image":
        put(`[${node.alt ?? "picture"}] (${node.url})`, look)
        return
      case "imageReference":
        put(`[${node.alt ?? "picture"}]`, look)
        return
      default:
        if ("children" in node) for (const child of node.children) walk(child, look)
    }
  }
  for (const child of children) walk(child, { font: "text", oblique: false })
  return lines
}

/** The same as words only, for a cell of a table. */
export function wordsOf(children: readonly PhrasingContent[]): string {
  return textLines(children)
    .map((line) => line.map(({ text }) => text).join(""))
    .join(" ")
}
