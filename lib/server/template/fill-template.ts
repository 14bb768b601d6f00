import { secretOf } from "@/lib/playbook/placeholders"

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/**
 * Fills `{{a.b}}` in every text of a JSON value with what stands at that path in `variables`: texts, numbers and booleans.
 * What is filled in is never looked at again, so a value cannot bring placeholders of its own. Names of fields stay.
 * Otherwise answers with the names that have no value, each once. Placeholders that `takes` does not take stay as they are.
 */
export function fillTemplate(
  value: unknown,
  variables: Record<string, unknown>,
  takes: (name: string) => boolean = () => true,
): { ok: true; value: unknown } | { ok: false; missing: string[] } {
  const missing = new Set<string>()

  function fill(part: unknown): unknown {
    if (typeof part === "string")
      return part.replace(PLACEHOLDER, (whole, name: string) => (takes(name) ? look(name) : whole))
    if (Array.isArray(part)) return part.map(fill)
    if (part === null || typeof part !== "object") return part
    // fromEntries defines fields, so that one called `__proto__` is a field like any other.
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, fill(inner)]))
  }

  function look(name: string): string {
    const found = readPath(variables, name)
    if (typeof found === "string") return found
    if (typeof found === "boolean" || (typeof found === "number" && Number.isFinite(found))) return String(found)
    missing.add(name)
    return ""
  }

  const filled = fill(value)
  return missing.size === 0 ? { ok: true, value: filled } : { ok: false, missing: [...missing] }
}

/** What to say of names without a value. `whyNoSecret` says why there is no secret of a name. */
export function sayMissing(missing: readonly string[], whyNoSecret: (name: string) => string): string {
  const secrets = missing.flatMap((name) => secretOf(name) ?? [])
  const others = missing.filter((name) => secretOf(name) === null)
  const words = others.length > 0 ? [`There is no value for ${others.map((name) => `{{${name}}}`).join(", ")}`] : []
  return [...words, ...secrets.map((name) => whyNoSecret(name).replace(/\.$/, ""))].join(". ")
}

/** Whether a text anywhere in the value asks for `name`. */
export function asksFor(value: unknown, name: string): boolean {
  if (typeof value === "string") return [...value.matchAll(PLACEHOLDER)].some(([, found]) => found === name)
  if (value === null || typeof value !== "object") return false
  return Object.values(value).some((part) => asksFor(part, name))
}

function readPath(variables: Record<string, unknown>, name: string): unknown {
  let current: unknown = variables
  for (const key of name.split(".")) {
    if (current === null || typeof current !== "object" || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}
