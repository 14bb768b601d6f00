/** As much of JSON Schema as the schemas of checks use. */
export interface JsonSchema {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  items?: JsonSchema
  maxItems?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: JsonSchema | boolean
  pattern?: string
  minimum?: number
  maximum?: number
  $ref?: string
}

/** Texts of these forms are explained at the head of the page. */
const FORMS: [begin: string, words: string][] = [
  ["^(\\d{1,9})(ms|s|m|h)$", "duration"],
  ["^(\\d{1,9}(?:\\.\\d{1,3})?) ?(B|KB|MB|GB)$", "size"],
  ["^\\s*(<=|>=|<|>)\\s*\\S", "comparison"],
]

/** `text`, `whole number from 1 to 500`, `list of text (up to 100)`, `` `gzip` or `brotli` ``. */
export function sayType(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return inWords(schema.enum.map(code))
  if (schema.anyOf) return inWords([...new Set(flat(schema).map(sayType))])
  if (schema.type === "array") {
    const most = schema.maxItems === undefined ? "" : ` (up to ${schema.maxItems})`
    return `list of ${sayItem(schema.items ?? {})}${most}`
  }
  if (schema.type === "object") {
    const { additionalProperties } = schema
    return typeof additionalProperties === "object" ? `map of name to ${sayItem(additionalProperties)}` : "fields"
  }
  if (schema.type === "string") return FORMS.find(([pattern]) => pattern === schema.pattern)?.[1] ?? "text"
  if (schema.type === "integer" || schema.type === "number") return sayNumber(schema)
  if (schema.type === "boolean") return "`true` or `false`"
  return schema.type === "null" ? "`null`" : "any value"
}

function flat(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ? schema.anyOf.flatMap(flat) : [schema]
}

function sayItem(schema: JsonSchema): string {
  const words = sayType(schema)
  return words.includes(" or ") ? `(${words})` : words
}

function sayNumber({ type, minimum, maximum }: JsonSchema): string {
  const words = type === "integer" ? "whole number" : "number"
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : ""
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ""
  return `${words}${least}${most}`
}

function inWords(texts: string[]): string {
  if (texts.length < 2) return texts[0] ?? ""
  return `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`
}

function code(value: unknown): string {
  return `\`${String(value)}\``
}
