const DOLLAR = /^\$[A-Za-z_]?\w*\$/

/**
 * The statements of an SQL text, without comments, and with nothing between the quotes of strings and of quoted bodies:
 * what is said inside a string is no statement. Names in double quotes stay. Whatever the text is, it ends.
 */
export function splitSql(sql: string): string[] {
  const statements: string[] = []
  let now = ""
  for (let at = 0; at < sql.length; ) {
    const rest = sql.slice(at, at + 64)
    const dollar = DOLLAR.exec(rest)?.[0]
    if (rest.startsWith("--")) at = until(sql, at, "\n")
    else if (rest.startsWith("/*")) at = afterComment(sql, at)
    else if (rest.startsWith("'")) {
      at = afterString(sql, at, now.endsWith("E") || now.endsWith("e"))
      now += "''"
    } else if (dollar) {
      at = until(sql, at + dollar.length, dollar)
      now += "''"
    } else if (rest.startsWith(";")) {
      statements.push(now)
      now = ""
      at += 1
    } else {
      now += sql[at]
      at += 1
    }
  }
  statements.push(now)
  return statements.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "")
}

function until(sql: string, from: number, end: string): number {
  const found = sql.indexOf(end, from)
  return found < 0 ? sql.length : found + end.length
}

/** Comments nest in PostgreSQL. */
function afterComment(sql: string, from: number): number {
  let depth = 0
  for (let at = from; at < sql.length; at += 1) {
    const two = sql.slice(at, at + 2)
    if (two === "/*") depth += 1
    else if (two === "*/") depth -= 1
    else continue
    at += 1
    if (depth === 0) return at + 1
  }
  return sql.length
}

function afterString(sql: string, from: number, escapes: boolean): number {
  for (let at = from + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === "\\") at += 1
    else if (sql[at] === "'" && sql[at + 1] === "'") at += 1
    else if (sql[at] === "'") return at + 1
  }
  return sql.length
}
