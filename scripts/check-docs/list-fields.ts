import { type JsonSchema, sayType } from "./say-type"

export interface Field {
  /** `expect.status`; `keys[].key` in a list, `info.<name>.below` by a name that is chosen freely. */
  name: string
  type: string
  /** Null: may be left out, and has no default of its own. */
  preset: string | null
  /** `form`: in one of several forms that the field which holds it may have. */
  required: "always" | "form" | "no"
  description: string
}

type Seen = { name: string; properties: Map<string, string> }

/** The fields of a config, the nested ones after those that hold them. Objects that were listed before are only named. */
export function listFields(schema: JsonSchema): Field[] {
  return fieldsOf(schema, "", [], "always")
}

function fieldsOf(schema: JsonSchema, prefix: string, seen: Seen[], when: Field["required"]): Field[] {
  const properties = schema.properties ?? {}
  seen.push({
    name: prefix.replace(/\.$/, ""),
    properties: new Map(Object.entries(properties).map(([name, part]) => [name, JSON.stringify(part)])),
  })
  return Object.entries(properties).flatMap(([key, part]) => {
    const name = `${prefix}${key}`
    const nested = nestedOf(part, name)
    const known = new Set<string>()
    const more = nested.flatMap(({ schema: inner, name: where }) => {
      const same = sameAs(inner, where, seen)
      if (same === null) return fieldsOf(inner, `${where}.`, seen, nested.length > 1 ? "form" : "always")
      known.add(same)
      return []
    })
    const references = [...known].map((one) => `Fields as in ${one}.`)
    const required = schema.required?.includes(key) ? when : "no"
    const field: Field = {
      ...{ name, type: sayType(part), required },
      preset: part.default === undefined ? null : JSON.stringify(part.default),
      description: [part.description ?? "", ...references].filter((text) => text !== "").join(" "),
    }
    // The same name may stand in several alternatives; one row says it.
    return [field, ...more.filter((one, at) => more.findIndex((other) => other.name === one.name) === at)]
  })
}

/** The objects with fields of their own that a field may hold, in lists, by names and among alternatives, too. */
function nestedOf(schema: JsonSchema, name: string): { schema: JsonSchema; name: string }[] {
  if (schema.properties) return [{ schema, name }]
  if (schema.anyOf) return schema.anyOf.flatMap((one) => nestedOf(one, name))
  if (schema.items) return nestedOf(schema.items, `${name}[]`)
  const { additionalProperties } = schema
  return typeof additionalProperties === "object" ? nestedOf(additionalProperties, `${name}.<name>`) : []
}

/** What is listed already and has all these fields: `` `expect`, but no `cors` ``. */
function sameAs(schema: JsonSchema, name: string, seen: readonly Seen[]): string | null {
  const entries = Object.entries(schema.properties ?? {})
  if (entries.length < 3) return null
  const found = seen.find(
    (one) =>
      one.name !== name && entries.every(([key, part]) => comparable(one.properties.get(key)) === comparable(part)),
  )
  if (!found) return null
  const missing = [...found.properties.keys()].filter((key) => !Object.hasOwn(schema.properties ?? {}, key))
  const but = missing.length > 0 ? `, but no ${missing.map((key) => `\`${key}\``).join(", ")}` : ""
  return `\`${found.name}\`${but}`
}

/** Parts that are used twice have names that are counted up. */
function comparable(part: JsonSchema | string | undefined): string {
  const text = typeof part === "string" ? part : JSON.stringify(part)
  return (text ?? "").replace(/"\$ref":"[^"]*"/g, "")
}
