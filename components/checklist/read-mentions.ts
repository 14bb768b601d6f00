export interface Named {
  id: string
  name: string
}

/** What is being typed after an `@`, where the caret stands: from which place on, and what so far. Null: nothing is. */
export function mentionAt(text: string, caret: number): { from: number; typed: string } | null {
  const before = text.slice(0, caret)
  const from = before.lastIndexOf("@")
  if (from < 0 || (from > 0 && !/[\s(]/.test(before[from - 1] ?? ""))) return null
  const typed = before.slice(from + 1)
  return typed.length > 40 || /[\n@]/.test(typed) || typed.startsWith(" ") ? null : { from, typed }
}

/** People whose name has a word that begins so, or whose address does. */
export function suggestions<T extends Named & { email: string }>(people: readonly T[], typed: string): T[] {
  const needle = typed.toLowerCase()
  const begins = ({ name, email }: T) =>
    `${name} `.toLowerCase().startsWith(needle) ||
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(needle)) ||
    email.toLowerCase().startsWith(needle)
  return people.filter(begins).slice(0, 6)
}

/** Who of these people the text calls, by full name. */
export function mentionedIn<T extends Named>(text: string, people: readonly T[]): T[] {
  const called = new Set(
    partsOf(
      text,
      people.map(({ name }) => name),
    ).flatMap((part) => (part.mention ? [part.text.slice(1)] : [])),
  )
  return people.filter(({ name }) => called.has(name))
}

/** A text cut into what calls somebody and what does not. */
export function partsOf(text: string, names: readonly string[]): { text: string; mention: boolean }[] {
  const wanted = names.filter(Boolean).toSorted((a, b) => b.length - a.length)
  if (wanted.length === 0) return [{ text, mention: false }]
  const pattern = new RegExp(`(@(?:${wanted.map(escapeForPattern).join("|")}))(?![\\p{L}\\p{N}])`, "u")
  return text
    .split(pattern)
    .map((part) => ({ text: part, mention: wanted.some((name) => part === `@${name}`) }))
    .filter((part) => part.text !== "")
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
