import { splitSql } from "./split-sql"

/** Whether the version before can still work after it; where not, or where nobody can tell, why, in words. */
export type MigrationVerdict = { safe: true } | { safe: false; why: string }

const NEUTRAL = /^(BEGIN|COMMIT|START TRANSACTION|SET |SELECT pg_catalog\.|COMMENT ON |ANALYZE|VACUUM)/i
const ADDS =
  /^CREATE (UNLOGGED )?(TABLE|SCHEMA|EXTENSION|SEQUENCE|TYPE|DOMAIN|VIEW|MATERIALIZED VIEW|FUNCTION|PROCEDURE|INDEX|ROLE)\b/i
const PART_ADDS = /^(ADD (COLUMN )?(IF NOT EXISTS )?|VALIDATE CONSTRAINT )/i
const CONSTRAINT = /^ADD (CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN|EXCLUDE)\b/i

/**
 * Judges a migration by its statements. What only adds leaves the version before working; what drops, renames, narrows or
 * rewrites does not, and what is not known here counts as unsafe: the words say which statement it was.
 */
export function classifyMigration(path: string, text: string): MigrationVerdict {
  if (!/\.sql$/i.test(path)) {
    return { safe: false, why: "it is a program and no SQL file, so nobody can tell from outside what it does" }
  }
  for (const statement of splitSql(text)) {
    const why = fault(statement)
    if (why) return { safe: false, why }
  }
  return { safe: true }
}

function fault(statement: string): string | null {
  if (NEUTRAL.test(statement) || ADDS.test(statement)) return null
  if (/^CREATE UNIQUE INDEX\b/i.test(statement)) {
    return `it makes values unique, which the version before may not keep: ${short(statement)}`
  }
  const table = /^ALTER TABLE (IF EXISTS )?(ONLY )?((?:"[^"]*"|[^\s"])+) (.*)$/i.exec(statement)
  if (!table) return `${reason(statement)}: ${short(statement)}`
  for (const part of parts(table[4] ?? "")) {
    const why = faultOfPart(part)
    if (why) return `${why}: ${short(`ALTER TABLE ${table[3]} ${part}`)}`
  }
  return null
}

function faultOfPart(part: string): string | null {
  if (CONSTRAINT.test(part)) return "it adds a constraint that the version before may not keep"
  if (!PART_ADDS.test(part)) return reason(part)
  const isOptional = !/\bNOT NULL\b/i.test(part) || /\bDEFAULT\b|\bGENERATED\b/i.test(part)
  return isOptional ? null : "it adds a column that the version before does not fill"
}

function reason(statement: string): string {
  if (/^DROP\b/i.test(statement)) return "it drops what the version before may still use"
  if (/^(TRUNCATE|DELETE)\b/i.test(statement)) return "it deletes data"
  if (/^(UPDATE|INSERT|MERGE|WITH|COPY|DO)\b/i.test(statement)) return "it changes data"
  if (/^RENAME\b| RENAME /i.test(statement)) return "it renames what the version before may still use"
  if (/ ADD VALUE /i.test(statement)) return "it adds a value that the version before does not know"
  if (/^ALTER\b/i.test(statement)) return "it alters what the version before may still use"
  return "nobody can tell whether the version before works after it"
}

/** What one `ALTER TABLE` does: separated by commas that stand in no parentheses and no quoted name. */
function parts(text: string): string[] {
  const found: string[] = [""]
  let depth = 0
  let quoted = false
  for (const sign of text) {
    if (sign === '"') quoted = !quoted
    if (!quoted && sign === "(") depth += 1
    if (!quoted && sign === ")") depth -= 1
    if (sign === "," && depth === 0 && !quoted) found.push("")
    else found[found.length - 1] += sign
  }
  return found.map((part) => part.trim()).filter((part) => part !== "")
}

function short(statement: string): string {
  return statement.length > 120 ? `${statement.slice(0, 119)}…` : statement
}
