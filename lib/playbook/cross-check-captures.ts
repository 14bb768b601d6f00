import { checkBindings } from "./check-bindings"
import type { CrossProblem } from "./cross-problem"
import { captureOf, findPlaceholders, isKnownPlaceholder } from "./placeholders"
import type { Playbook } from "./shape"

/** Placeholders must be known, and a captured value must come from an earlier functional test. */
export function captureProblems(playbook: Playbook): CrossProblem[] {
  const problems: CrossProblem[] = []
  const captured = new Set<string>()
  for (const { path, binding } of checkBindings(playbook)) {
    const test = path[1] === "functional" ? playbook.verification.functional[Number(path[2])] : undefined
    for (const placeholder of findPlaceholders(binding.config)) {
      const capture = captureOf(placeholder.name)
      const good = capture ? test !== undefined && captured.has(capture) : isKnownPlaceholder(placeholder.name)
      if (good) continue
      const message = capture
        ? `no earlier functional test captures "${capture}"`
        : `{{${placeholder.name}}} is no known placeholder`
      problems.push({ path: [...path, "config", ...placeholder.path], message })
    }
    const captures = test?.captures
    if (!captures) continue
    if (!saysTheSame(captures, binding.config.capture)) {
      problems.push({ path: [...path.slice(0, -1), "captures"], message: "must say the same as the check's `capture`" })
    }
    for (const name of Object.keys(captures)) captured.add(name)
  }
  return problems
}

function saysTheSame(captures: Record<string, string>, capture: unknown): boolean {
  if (capture === null || typeof capture !== "object") return false
  const other = Object.entries(capture)
  return other.length === Object.keys(captures).length && other.every(([name, path]) => captures[name] === path)
}
