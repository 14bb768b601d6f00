const KNOWN = new Set([
  "env.key",
  "env.name",
  "env.baseUrl",
  "env.repository",
  "release.id",
  "release.name",
  "release.version",
  "release.ref",
  "release.commit",
  "run.id",
  "run.directory",
])
const VARIABLE = /^env\.vars\.[A-Za-z_][A-Za-z0-9_]{0,63}$/
const SECRET = /^secret\.([A-Z][A-Z0-9_]{0,63})$/

export interface Placeholder {
  /** Where in the value it stands. */
  path: (string | number)[]
  /** Without the braces, for example `env.baseUrl`. */
  name: string
}

/** Every `{{…}}` in the texts of a JSON value, in order. */
export function findPlaceholders(value: unknown, path: (string | number)[] = []): Placeholder[] {
  if (typeof value === "string") {
    return [...value.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => ({ path, name: (name ?? "").trim() }))
  }
  if (Array.isArray(value)) return value.flatMap((part, i) => findPlaceholders(part, [...path, i]))
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([key, part]) => findPlaceholders(part, [...path, key]))
  }
  return []
}

/** The captured value that a placeholder asks for, or null where it asks for something else. */
export function captureOf(name: string): string | null {
  return /^capture\.([a-z][a-z0-9_]{0,39})$/.exec(name)?.[1] ?? null
}

/** The secret of the environment that a placeholder asks for, or null where it asks for something else. */
export function secretOf(name: string): string | null {
  return SECRET.exec(name)?.[1] ?? null
}

/** Whether a placeholder without captures can ever be filled in. */
export function isKnownPlaceholder(name: string): boolean {
  return KNOWN.has(name) || VARIABLE.test(name) || SECRET.test(name)
}
