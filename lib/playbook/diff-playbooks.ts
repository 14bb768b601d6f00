import { formatPath, type Path } from "./problem"
import type { Playbook } from "./schema"

export type PlaybookChange =
  | { type: "added"; path: string; after: unknown }
  | { type: "removed"; path: string; before: unknown }
  | { type: "changed"; path: string; before: unknown; after: unknown }
  | { type: "moved"; path: string; from: number; to: number }

/**
 * What changed between two playbooks, in the order of the newer one. Parts that have a key (items, steps, triggers, …)
 * are compared with the part of the same key, wherever it stands; their path names the key: `items[cors-policy].title`.
 */
export function diffPlaybooks(before: Playbook, after: Playbook): PlaybookChange[] {
  return compare(before, after, [])
}

function compare(before: unknown, after: unknown, path: Path): PlaybookChange[] {
  if (before === undefined) return after === undefined ? [] : [{ type: "added", path: formatPath(path), after }]
  if (after === undefined) return [{ type: "removed", path: formatPath(path), before }]
  const oldKeys = keysOf(before)
  const newKeys = keysOf(after)
  if (Array.isArray(before) && Array.isArray(after) && oldKeys && newKeys) {
    return compareKeyed(before, after, oldKeys, newKeys, path)
  }
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    return names.flatMap((name) => compare(before[name], after[name], [...path, name]))
  }
  return same(before, after) ? [] : [{ type: "changed", path: formatPath(path), before, after }]
}

function compareKeyed(before: unknown[], after: unknown[], oldKeys: string[], newKeys: string[], path: Path) {
  const changes: PlaybookChange[] = []
  // Positions among the parts that are in both: an added or removed neighbour does not move anyone.
  const stayedBefore = oldKeys.filter((key) => newKeys.includes(key))
  const stayedAfter = newKeys.filter((key) => oldKeys.includes(key))
  for (const [i, key] of newKeys.entries()) {
    const at = oldKeys.indexOf(key)
    changes.push(...compare(before[at], after[i], [...path, key]))
    const [from, to] = [stayedBefore.indexOf(key), stayedAfter.indexOf(key)]
    if (at >= 0 && from !== to) changes.push({ type: "moved", path: formatPath([...path, key]), from, to })
  }
  for (const [i, key] of oldKeys.entries()) {
    if (!newKeys.includes(key)) changes.push(...compare(before[i], undefined, [...path, key]))
  }
  return changes
}

/** The keys of a list of keyed parts; null where it is something else. */
function keysOf(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length === 0) return Array.isArray(value) ? [] : null
  const keys = value.map((part) => (isRecord(part) ? (part.key ?? part.role ?? part.severity) : undefined))
  return keys.every((key) => typeof key === "string") ? keys : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((part, i) => same(part, b[i]))
  if (isRecord(a) && isRecord(b)) {
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]))
  }
  return Object.is(a, b)
}
