import { isAlias, isMap, isNode, isScalar, isSeq, type Node } from "yaml"
import type { Path } from "./problem"

const MAX_DEPTH = 32
const MAX_ENTRIES = 1_000
/** Names that mean something to JavaScript objects themselves. */
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"])

export interface RefusedNode {
  path: Path
  /** Offset in the text. */
  offset: number
  message: string
}

/** What no playbook may hold, whatever stands around it: found on the parsed tree, before it becomes a value. */
export function refusedNodes(root: Node | null): RefusedNode[] {
  const found: RefusedNode[] = []
  const offsetOf = (node: unknown) => (isNode(node) && node.range ? node.range[0] : 0)
  const refuse = (node: unknown, path: Path, message: string) => found.push({ path, offset: offsetOf(node), message })

  function visit(node: unknown, path: Path): void {
    if (found.length >= 50 || !isNode(node)) return
    if (isAlias(node)) {
      refuse(node, path, `aliases are not allowed: write out what *${node.source} stands for`)
      return
    }
    if (node.anchor) refuse(node, path, `anchors are not allowed: remove &${node.anchor}`)
    if (node.tag?.startsWith("!")) refuse(node, path, `the tag ${node.tag} is not allowed`)
    if (path.length > MAX_DEPTH) {
      refuse(node, path, `nested deeper than ${MAX_DEPTH} levels`)
      return
    }
    if (isScalar(node)) {
      if (typeof node.value === "number" && !Number.isFinite(node.value)) refuse(node, path, "must be a finite number")
      return
    }
    if (!isMap(node) && !isSeq(node)) return
    if (node.items.length > MAX_ENTRIES) {
      refuse(node, path, `has ${node.items.length} entries; at most ${MAX_ENTRIES.toLocaleString("en")} are allowed`)
      return
    }
    if (isSeq(node)) {
      for (const [i, part] of node.items.entries()) visit(part, [...path, i])
      return
    }
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
      if (FORBIDDEN_KEYS.has(name)) refuse(pair.key, [...path, name], `"${name}" is not allowed as a key`)
      else if (!isScalar(pair.key)) refuse(pair.key, path, "keys must be plain text")
      else visit(pair.value, [...path, name])
    }
  }

  visit(root, [])
  return found
}
