import type { RootContent } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { gfmTableFromMarkdown } from "mdast-util-gfm-table"
import { gfmTable } from "micromark-extension-gfm-table"
import { markdownPieces } from "@/lib/domain/report/markdown-pieces"

/** CommonMark with tables, piece by piece: see `markdownPieces`. */
export function parseMarkdown(text: string): RootContent[] {
  return markdownPieces(text).flatMap((piece): RootContent[] => {
    if (piece.kind === "code") return [{ type: "code", value: piece.text }]
    const { children } = fromMarkdown(piece.text, {
      extensions: [gfmTable()],
      mdastExtensions: [gfmTableFromMarkdown()],
    })
    return children
  })
}
