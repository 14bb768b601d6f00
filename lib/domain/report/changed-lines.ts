export interface ChangedLine {
  how: "same" | "added" | "removed"
  text: string
}

/** Beyond this, what differs is told as a whole: the table of a comparison grows with the product of both. */
const MOST_CELLS = 4_000_000

/** What became of the lines of one text in another: the longest common subsequence stays. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const same = (lines: string[]) => lines.map((text): ChangedLine => ({ how: "same", text }))
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(end > 0 ? a.slice(-end) : []),
  ]
}

function middle(a: string[], b: string[]): ChangedLine[] {
  const removed = (text: string): ChangedLine => ({ how: "removed", text })
  const added = (text: string): ChangedLine => ({ how: "added", text })
  if (a.length * b.length > MOST_CELLS) return [...a.map(removed), ...b.map(added)]
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: ChangedLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      lines.push({ how: "same", text: left })
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(left))
      i++
    } else if (right !== undefined) {
      lines.push(added(right))
      j++
    }
  }
  return lines
}
