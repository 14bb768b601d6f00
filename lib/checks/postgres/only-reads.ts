import type { QueryConfig } from "./definition"

/** What these begin stays within the transaction; of others some leave it, wait for ever or reach programs. */
const READING = new Set(["select", "with", "values", "table", "show", "explain"])

/** Why a statement is not even sent, or null. That it writes nothing is seen to by the server, not here. */
export function whyNoQuestion({ sql, parameters = [] }: QueryConfig): string | null {
  if (sql.includes("\0") || parameters.some((value) => typeof value === "string" && value.includes("\0"))) {
    return "The statement or one of its parameters holds a NUL, which PostgreSQL does not take"
  }
  const first = /^[a-z]+/i.exec(afterComments(sql))?.[0].toLowerCase()
  if (first === undefined) return "There is no statement to run"
  return READING.has(first)
    ? null
    : `Only statements that read are run, and this one begins with ${first.toUpperCase()}`
}

/** Comments nest in PostgreSQL. */
function afterComments(sql: string): string {
  let at = 0
  for (;;) {
    at += /^[\s(]*/.exec(sql.slice(at))?.[0].length ?? 0
    if (sql.startsWith("--", at)) {
      const end = sql.indexOf("\n", at)
      if (end < 0) return ""
      at = end
    } else if (sql.startsWith("/*", at)) {
      const end = endOfComment(sql, at)
      if (end === null) return ""
      at = end
    } else return sql.slice(at, at + 40)
  }
}

function endOfComment(sql: string, from: number): number | null {
  let depth = 0
  for (let at = from; at < sql.length; at += 1) {
    if (sql.startsWith("/*", at)) {
      depth += 1
      at += 1
    } else if (sql.startsWith("*/", at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return null
}
