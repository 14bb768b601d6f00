/** Why a playbook file was refused, and where. */
export interface PlaybookProblem {
  /** Both from 1. */
  line: number
  column: number
  /** For example `checklist.groups[0].items[2].maxAge`; empty for the whole file. */
  path: string
  message: string
}

export type Path = readonly (string | number)[]

/** `["groups", 0, "a b"]` as `groups[0]["a b"]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") return `[${part}]`
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`
      return i === 0 ? part : `.${part}`
    })
    .join("")
}
