/** Commits by hash, with their parents and when they were made (epoch milliseconds). */
export type CommitGraph = ReadonlyMap<string, { parents: readonly string[]; atMs: number }>

/**
 * When the oldest commit was made that is in `to` and not in `from`. Null: one of the two is not in the graph, or nothing is
 * new. Walks back from both, the latest commit first, as git does, until all that is left is in `from` as well.
 */
export function oldestCommitMs(graph: CommitGraph, from: string, to: string): number | null {
  if (!graph.has(from) || !graph.has(to)) return null
  const old = new Set<string>([from])
  const seen = new Set<string>([from, to])
  const fresh = new Set<string>([to])
  const queue = [from, to]
  const timeOf = (hash: string) => graph.get(hash)?.atMs ?? 0
  while (queue.some((hash) => !old.has(hash))) {
    let latest = 0
    for (let at = 1; at < queue.length; at++) if (timeOf(queue[at] ?? "") > timeOf(queue[latest] ?? "")) latest = at
    const [hash = ""] = queue.splice(latest, 1)
    for (const parent of graph.get(hash)?.parents ?? []) {
      if (old.has(hash) && !old.has(parent)) {
        old.add(parent)
        // Known as new before: those behind it have to be looked at once more.
        if (seen.has(parent) && !queue.includes(parent)) queue.push(parent)
      }
      if (seen.has(parent)) continue
      seen.add(parent)
      if (!old.has(hash)) fresh.add(parent)
      queue.push(parent)
    }
  }
  let oldest: number | null = null
  for (const hash of fresh) if (!old.has(hash)) oldest = Math.min(oldest ?? Number.POSITIVE_INFINITY, timeOf(hash))
  return oldest
}
