import { type Document, isMap, isNode, isScalar, type LineCounter, type Node, type ParsedNode } from "yaml"
import type { Path } from "./problem"

export type ParsedDocument = Document.Parsed<ParsedNode>

/**
 * Offset of what a path names: its value; for a key that is missing, the nearest part around it that is there.
 * `atKey`: the key itself instead of its value.
 */
export function locate(document: ParsedDocument, path: Path, atKey = false): number {
  if (atKey) {
    const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
    const key = isMap(parent) ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1)) : null
    if (isNode(key?.key)) return startOf(key.key)
  }
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return startOf(node)
  }
  return document.contents ? startOf(document.contents) : 0
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}

/** Line and column, both from 1. */
export function positionOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}
