import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { exits } from "../exits"
import { Fault } from "../fault"

const MOST_FILES = 10_000

/** The files that a path or a pattern (`*`, `?`, `**`, `{a,b}`) means, sorted. None, or a folder, is a Fault. */
export function findFiles(pattern: string): string[] {
  const stats = statSync(pattern, { throwIfNoEntry: false })
  if (stats?.isFile()) return [pattern]
  if (stats)
    throw new Fault(exits.usage, `${pattern} is no file: a pattern such as "${join(pattern, "**")}" means several.`)
  const path = pattern.replaceAll("\\", "/")
  const parts = path.split("/")
  const firstWild = parts.findIndex((part) => /[*?{]/.test(part))
  if (firstWild < 0) throw new Fault(exits.usage, `There is no file ${pattern}.`)
  const base = parts.slice(0, firstWild).join("/") || (path.startsWith("/") ? "/" : ".")
  const matches = globMatcher(parts.slice(firstWild).join("/"))
  const found = filesBelow(base)
    .filter(matches)
    .map((file) => (base === "." ? file : join(base, file)))
  if (found.length === 0) throw new Fault(exits.usage, `No file matches ${pattern}.`)
  return found.sort()
}

function filesBelow(base: string): string[] {
  if (!statSync(base, { throwIfNoEntry: false })?.isDirectory()) return []
  const found: string[] = []
  const todo = [""]
  for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
    for (const entry of readdirSync(join(base, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") todo.push(path)
      else if (entry.isFile()) found.push(path)
    }
    if (found.length > MOST_FILES)
      throw new Fault(exits.usage, `There are more than ${MOST_FILES} files below ${base}.`)
  }
  return found
}

/** `**` crosses folders, `*` and `?` do not. */
export function globMatcher(glob: string): (path: string) => boolean {
  let depth = 0
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|[{},]|[.+^$()|[\]\\]/g, (token) => {
    switch (token) {
      case "**/":
        return "(?:.*/)?"
      case "**":
        return ".*"
      case "*":
        return "[^/]*"
      case "?":
        return "[^/]"
      case "{":
        depth += 1
        return "(?:"
      case "}":
        if (depth === 0) return "\\}"
        depth -= 1
        return ")"
      case ",":
        return depth > 0 ? "|" : ","
      default:
        return `\\${token}`
    }
  })
  const pattern = new RegExp(`^${source}${")".repeat(depth)}$`)
  return (path) => pattern.test(path)
}
