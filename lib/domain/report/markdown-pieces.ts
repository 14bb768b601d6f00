/** A part of a text that is parsed by itself, or code that needs no parsing. */
export type MarkdownPiece = { kind: "code"; text: string } | { kind: "markdown"; text: string }

const FENCE = /^ {0,3}(`{3,}|~{3,})[^`]*$/
const NESTING = /^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))){21}/
const MARKS = /[*_[\]`<>!~&]/g
const MOST_MARKS_A_PIECE = 2_000
const MOST_MARKS = 20_000
const MOST_LINES_A_PIECE = 3_000

/**
 * Cuts a text where a blank line ends all that was open, and takes fenced code out. Parsers of Markdown take time that grows
 * with the square of what can belong together: so nothing large does.
 */
export function markdownPieces(text: string): MarkdownPiece[] {
  const pieces: MarkdownPiece[] = []
  let open: string[] = []
  let fence: { mark: string; lines: string[] } | null = null
  const close = () => {
    const joined = open.join("\n")
    if (joined.trim() !== "") pieces.push({ kind: "markdown", text: joined })
    open = []
  }
  for (const line of text.split(/\r\n|[\r\n]/)) {
    if (fence) {
      if (closes(line, fence.mark)) {
        pieces.push({ kind: "code", text: fence.lines.join("\n") })
        fence = null
      } else fence.lines.push(line)
      continue
    }
    const mark = FENCE.exec(line)?.[1]
    if (mark) {
      close()
      fence = { mark, lines: [] }
    } else if (open.at(-1)?.trim() === "" && /^\S/.test(line)) {
      close()
      open.push(line)
    } else open.push(line)
  }
  close()
  // As in CommonMark, a fence that nobody closes goes on to the end.
  if (fence) pieces.push({ kind: "code", text: fence.lines.join("\n") })
  return pieces
}

/** Why a text is not one that can be drawn in reasonable time; null: it can. */
export function tooIntricate(text: string): string | null {
  let all = 0
  for (const piece of markdownPieces(text)) {
    if (piece.kind === "code") continue
    const marks = piece.text.replace(/\\./g, "").match(MARKS)?.length ?? 0
    all += marks
    const where = `“${piece.text.trim().slice(0, 40).toWellFormed()}…”`
    if (marks > MOST_MARKS_A_PIECE) return `has too many marks in one paragraph: ${where}`
    const lines = piece.text.split("\n")
    if (lines.length > MOST_LINES_A_PIECE) return `has more than ${MOST_LINES_A_PIECE} lines in one piece: ${where}`
    if (lines.some((line) => NESTING.test(line))) return `is nested too deeply: ${where}`
  }
  return all > MOST_MARKS ? "has too many marks" : null
}

function closes(line: string, mark: string): boolean {
  const trimmed = line.trim()
  return trimmed.length >= mark.length && trimmed === (mark[0] ?? "").repeat(trimmed.length) && /^ {0,3}\S/.test(line)
}
