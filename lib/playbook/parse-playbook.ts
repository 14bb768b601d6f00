import { LineCounter, parseDocument } from "yaml"
import type { z } from "zod"
import { canonicalHash } from "./canonical-hash"
import { checkBindings } from "./check-bindings"
import type { CrossProblem } from "./cross-problem"
import { locate, type ParsedDocument, positionOf } from "./locate"
import { formatPath, type Path, type PlaybookProblem } from "./problem"
import { refusedNodes } from "./refused-nodes"
import { type Playbook, playbookSchema } from "./schema"
import { oversized } from "./source-limits"

const MAX_ITEMS = 1_000
const MAX_PROBLEMS = 100

/** The kinds of check that exist. `configProblems` says what is wrong with a config of that kind, by path within it. */
export interface KnownChecks {
  kinds: readonly string[]
  configProblems?: (kind: string, config: Record<string, unknown>) => { path: Path; message: string }[]
}

export type ParsedPlaybook =
  | { ok: true; playbook: Playbook; hash: string }
  | { ok: false; problems: [PlaybookProblem, ...PlaybookProblem[]] }

/**
 * Reads a playbook from YAML 1.2. Refuses by line, column and path, all at once where it can (100 at most); never throws.
 * `hash` is the SHA-256 of the playbook's canonical JSON, so that comments and layout do not change it.
 */
export function parsePlaybook(text: string, checks: KnownChecks): ParsedPlaybook {
  const tooMuch = oversized(text)
  if (tooMuch) return { ok: false, problems: [tooMuch] }

  const lines = new LineCounter()
  const read = readDocument(text, lines)
  if (!read.ok) return read
  const { document } = read

  const located = (path: Path, message: string, offset: number): PlaybookProblem => ({
    ...positionOf(lines, offset),
    path: formatPath(path),
    message,
  })
  const refused = refusedNodes(document.contents)
  const [first, ...more] = refused.map(({ path, offset, message }) => located(path, message, offset))
  if (first) return { ok: false, problems: [first, ...more] }

  const result = playbookSchema.safeParse(document.toJS({ maxAliasCount: 0 }))
  const found = result.success
    ? bindingProblems(result.data, checks).map(({ path, message }) => located(path, message, locate(document, path)))
    : result.error.issues.flatMap((issue) => issueProblems(issue, document, located))
  const [problem, ...others] = found.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MAX_PROBLEMS)
  if (problem) return { ok: false, problems: [problem, ...others] }
  if (!result.success) throw result.error
  return { ok: true, playbook: result.data, hash: canonicalHash(result.data) }
}

type Read = { ok: true; document: ParsedDocument } | { ok: false; problems: [PlaybookProblem, ...PlaybookProblem[]] }

function readDocument(text: string, lines: LineCounter): Read {
  try {
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      lineCounter: lines,
      uniqueKeys: true,
      stringKeys: true,
      merge: false,
      prettyErrors: false,
    })
    if (document.errors.some((error) => /call stack/.test(error.message))) return tooDeep
    // A tag that nobody knows is only a warning to the parser; here nothing is read that is not understood.
    const [first, ...more] = [...document.errors, ...document.warnings].map(
      (error): PlaybookProblem => ({ ...positionOf(lines, error.pos[0]), path: "", message: error.message }),
    )
    return first ? { ok: false, problems: [first, ...more.slice(0, MAX_PROBLEMS - 1)] } : { ok: true, document }
  } catch (error) {
    // Nesting that exhausts the stack is a RangeError here, and an error of the document inside the parser.
    if (error instanceof RangeError) return tooDeep
    return { ok: false, problems: [{ line: 1, column: 1, path: "", message: `The file cannot be read: ${error}` }] }
  }
}

const tooDeep: Read = {
  ok: false,
  problems: [{ line: 1, column: 1, path: "", message: "The file is nested too deeply" }],
}

function issueProblems(
  issue: z.core.$ZodIssue,
  document: ParsedDocument,
  located: (path: Path, message: string, offset: number) => PlaybookProblem,
): PlaybookProblem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol")
  if (issue.code !== "unrecognized_keys") return [located(path, issue.message, locate(document, path))]
  return issue.keys.map((name) => {
    const at = [...path, name]
    return located(at, `"${name}" is not known here`, locate(document, at, true))
  })
}

/** What the schema cannot know: which kinds there are, what they accept, and how much is too much. */
function bindingProblems(playbook: Playbook, checks: KnownChecks): CrossProblem[] {
  const items = playbook.checklist.groups.reduce((sum, group) => sum + group.items.length, 0)
  if (items > MAX_ITEMS) {
    return [
      { path: ["checklist"], message: `has ${items} items; at most ${MAX_ITEMS.toLocaleString("en")} are allowed` },
    ]
  }
  return checkBindings(playbook).flatMap(({ path, binding }) => {
    if (!checks.kinds.includes(binding.kind)) {
      const message = `"${binding.kind}" is no known kind of check; known are ${checks.kinds.join(", ")}`
      return [{ path: [...path, "kind"], message }]
    }
    const problems = checks.configProblems?.(binding.kind, binding.config) ?? []
    return problems.map((problem) => ({ path: [...path, "config", ...problem.path], message: problem.message }))
  })
}
