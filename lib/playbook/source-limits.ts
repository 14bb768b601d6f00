import { Lexer, LineCounter } from "yaml"
import type { PlaybookProblem } from "./problem"

const MAX_BYTES = 2 * 1024 * 1024
const MAX_LEXEMES = 100_000
const MAX_DEPTH = 32
/** What the lexer adds by itself (document, scalar, unexpected end of flow): not part of the text. */
const LEXER_MARKS = new Set(["\u0002", "\u001f", "\u0018"])

/**
 * Looks at a file before it is parsed: a parser builds everything it reads, so that a file which is small on disk
 * could cost seconds and gigabytes. Null: it may be parsed.
 */
export function oversized(text: string): PlaybookProblem | null {
  if (Buffer.byteLength(text, "utf8") > MAX_BYTES) return whole("is larger than 2 MB")
  if (!text.isWellFormed()) return whole("is not well-formed Unicode")
  const lines = new LineCounter()
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1)
  lines.lineStarts.unshift(0)
  let count = 0
  let depth = 0
  // Block lists can be nested on one line too: `- - - x`.
  let compact = 0
  let offset = 0
  const here = (message: string): PlaybookProblem => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col, path: "", message }
  }
  for (const lexeme of new Lexer().lex(text)) {
    count += 1
    if (lexeme === "[" || lexeme === "{") depth += 1
    if (lexeme === "]" || lexeme === "}") depth -= 1
    if (lexeme === "-" || lexeme === "?") compact += 1
    else if (!/^[ \t]+$/.test(lexeme)) compact = 0
    if (count > MAX_LEXEMES) return here(`has more than ${MAX_LEXEMES.toLocaleString("en")} words and signs`)
    if (depth > MAX_DEPTH || compact > MAX_DEPTH) return here(`is nested deeper than ${MAX_DEPTH} levels`)
    if (!LEXER_MARKS.has(lexeme)) offset += lexeme.length
  }
  return null
}

function whole(message: string): PlaybookProblem {
  return { line: 1, column: 1, path: "", message: `The file ${message}` }
}
