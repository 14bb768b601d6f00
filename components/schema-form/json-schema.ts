/** The part of JSON Schema that settings are described with. */
export interface JsonSchema {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

export type FieldShape = "text" | "number" | "switch" | "choice" | "lines" | "pairs" | "group" | "json"

/** With what a value of this schema is entered. What has no field of its own is written as JSON. */
export function shapeOf(schema: JsonSchema): FieldShape {
  if (schema.enum?.every((value) => typeof value === "string")) return "choice"
  if (schema.type === "boolean") return "switch"
  if (schema.type === "string") return "text"
  if (schema.type === "number" || schema.type === "integer") return "number"
  if (schema.type === "array" && schema.items?.type === "string") return "lines"
  if (schema.type !== "object") return "json"
  if (schema.properties) return "group"
  const { additionalProperties: values } = schema
  return typeof values === "object" && values.type === "string" ? "pairs" : "json"
}

/** `deployTimeoutMs` → "Deploy timeout (ms)". */
export function labelOf(name: string): string {
  const unit = /(Ms|Seconds|Bytes|Mb|PerSecond)$/.exec(name)?.[0]
  const bare = unit ? name.slice(0, -unit.length) : name
  const words = bare
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/\b(url|id|http|tls|ca)\b/g, (short) => short.toUpperCase())
  const units: Record<string, string> = { Ms: "ms", Seconds: "s", Bytes: "bytes", Mb: "MB", PerSecond: "a second" }
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${unit ? ` (${units[unit]})` : ""}`
}
