import { plainText } from "./ansi"

interface Line {
  id: string
  text: string
}

export type LogRow<L extends Line> =
  | { kind: "line"; line: L /** Its number in the whole log, from 1. */; n: number }
  | { kind: "group"; id: string; n: number; title: string; lines: number; open: boolean }

const START = /^(?:::group::|##\[group\])(.*)$/
const END = /^(?:::endgroup::|##\[endgroup\])\s*$/
/**
 * The rows of a log whose lines are gathered in groups, by the marks that build tools write for GitHub Actions and
 * Azure Pipelines. A group that has ended is closed, one that goes on is open, until somebody says otherwise
 * (`turned`, by the id of the group's first line). An inner group ends with its outer one; an end without a beginning is
 * left out.
 */
export function foldGroups<L extends Line>(lines: readonly L[], turned: ReadonlySet<string>): LogRow<L>[] {
  const rows: LogRow<L>[] = []
  let group: Extract<LogRow<L>, { kind: "group" }> | null = null
  let inner: LogRow<L>[] = []
  const close = (ended: boolean) => {
    if (!group) return
    group.lines = inner.length
    group.open = ended === turned.has(group.id)
    rows.push(group)
    if (group.open) rows.push(...inner)
    group = null
    inner = []
  }
  for (const [index, line] of lines.entries()) {
    const title = titleOf(line.text)
    if (title !== null) {
      close(true)
      group = { kind: "group", id: line.id, n: index + 1, title, lines: 0, open: true }
    } else if (isEnd(line.text)) close(true)
    else (group ? inner : rows).push({ kind: "line", line, n: index + 1 })
  }
  close(false)
  return rows
}

/** Null: the line begins no group. */
function titleOf(text: string): string | null {
  const first = text[0]
  if (first !== ":" && first !== "#") return null
  const found = START.exec(text)
  if (found) return plainText(found[1] ?? "").trim() || "Group"
  return null
}

function isEnd(text: string): boolean {
  return END.test(text)
}
