import { z } from "zod"

/** Patterns in a path would run without a time limit: `matches` beside the path is the way. */
const WITH_PATTERNS = /\b(match|search)\s*\(/

const NAME = /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/
const PLAIN_SELECTOR = /^(\*|-?(0|[1-9]\d{0,8})|(-?\d{1,9})?\s*:\s*(-?\d{1,9})?(\s*:\s*(-?\d{1,9})?)?)$/
const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g

/**
 * Why a text is no JSONPath (RFC 9535) that can be asked here, or null. What stands in a filter is read when the check runs.
 */
export function whyNoJsonPath(path: string): string | null {
  if (!path.startsWith("$")) return `"${path}" must begin with $`
  if (WITH_PATTERNS.test(path.replace(QUOTED, "''"))) {
    return `"${path}": match() and search() are not allowed in a path, use \`matches\` beside it`
  }
  let rest = path.slice(1)
  while (rest !== "") {
    const length = segmentLength(rest)
    if (length === 0) return `"${path}" is not understood from "${rest.slice(0, 20)}" on`
    rest = rest.slice(length)
  }
  return null
}

/** How many characters of a text are its first segment; 0: it begins with none. */
function segmentLength(rest: string): number {
  const dots = rest.startsWith("..") ? 2 : rest.startsWith(".") ? 1 : 0
  const after = rest.slice(dots)
  if (dots === 1 && after.startsWith("[")) return 0
  if (after.startsWith("[")) {
    const length = bracketLength(after)
    return length === 0 ? 0 : dots + length
  }
  if (dots === 0) return 0
  if (after.startsWith("*")) return dots + 1
  const [name = ""] = NAME.exec(after) ?? []
  return name === "" ? 0 : dots + name.length
}

function bracketLength(rest: string): number {
  let depth = 0
  for (let at = 0; at < rest.length; at += 1) {
    const char = rest[at]
    if (char === "'" || char === '"') {
      QUOTED.lastIndex = at
      const quoted = QUOTED.exec(rest)
      if (!quoted || quoted.index !== at) return 0
      at += quoted[0].length - 1
    } else if (char === "[") depth += 1
    else if (char === "]") {
      depth -= 1
      if (depth === 0) return isSelection(rest.slice(1, at)) ? at + 1 : 0
    }
  }
  return 0
}

function isSelection(inside: string): boolean {
  const text = inside.trim()
  if (text.startsWith("?")) return text.length > 1
  const parts = text.replace(QUOTED, "*").split(",")
  return parts.every((part) => PLAIN_SELECTOR.test(part.trim()))
}

export const jsonPath = z
  .string()
  .max(500)
  .superRefine((path, ctx) => {
    const message = whyNoJsonPath(path)
    if (message) ctx.addIssue({ code: "custom", message })
  })
