/** Rows of logs and samples have numbers in text as ids, in order of commit. */
export function byCommit(a: { id: string }, b: { id: string }): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Adds to an ordered list what it does not hold yet. The same list when there is nothing new. */
export function mergeByCommit<T extends { id: string }>(known: readonly T[], more: readonly T[]): readonly T[] {
  const last = known.at(-1)
  if (!last || more.every((row) => byCommit(last, row) < 0)) return more.length > 0 ? [...known, ...more] : known
  const ids = new Set(known.map((row) => row.id))
  const fresh = more.filter((row) => !ids.has(row.id))
  return fresh.length > 0 ? [...known, ...fresh].toSorted(byCommit) : known
}
