import { short } from "../answer"
import type { Expectation } from "../ports"
import type { Repository } from "./read-repository"

const MOST_FILES = 5
const CONFLICTS = new Set(["DD", "AU", "UD", "UA", "DU", "AA", "UU"])

export async function judgeClean(wanted: boolean, { bare, git }: Repository): Promise<Expectation> {
  const what = "Working folder"
  const expected = wanted ? "clean" : "changed"
  if (bare) return { what, expected, actual: "none, the repository is bare", ok: wanted }
  // Of submodules only which commit is checked out: their folders have settings of their own, which may name programs.
  const text = await git("status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=dirty")
  const files = readStatus(text)
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : ""
  const list = short(files.slice(0, MOST_FILES).join(", "), 300)
  const actual = files.length === 0 ? "clean" : `${list}${more}`
  return { what, expected, actual, ok: (files.length === 0) === wanted }
}

/** `a.txt (modified)`, one text a file. */
function readStatus(text: string): string[] {
  const entries = text.split("\0")
  const files: string[] = []
  for (let i = 0; i < entries.length; i += 1) {
    const entry = entries[i] ?? ""
    if (entry.length < 4) continue
    const state = entry.slice(0, 2)
    files.push(`${entry.slice(3)} (${sayState(state)})`)
    // The name that it had before follows by itself.
    if (/[RC]/.test(state)) i += 1
  }
  return files
}

function sayState(state: string): string {
  if (state === "??") return "unknown to git"
  if (CONFLICTS.has(state)) return "in conflict"
  const staged = state.charAt(0) !== " "
  const letter = state.replaceAll(" ", "").charAt(0)
  const words: Record<string, string> = { A: "added", D: "deleted", R: "renamed", C: "copied" }
  return `${words[letter] ?? "modified"}${staged ? ", staged" : ""}`
}
