import type { JsonSchema } from "@/components/schema-form/json-schema"
import type { ChannelKind } from "./kinds"

/** What was entered for a secret field. A text: this value. Null: take it away. Undefined: as it is. */
export type SecretEntries = Record<string, string | null | undefined>

export interface SecretSetting {
  field: string
  description: string | undefined
  required: boolean
}

/** The schema without its secret fields, and those: they have a field of their own, which shows nothing. */
export function splitSchema({ schema, secretFields }: ChannelKind): {
  schema: JsonSchema
  secretFields: SecretSetting[]
} {
  const entries = Object.entries(schema.properties ?? {})
  const plain = entries.filter(([name]) => !secretFields.includes(name))
  return {
    schema: { ...schema, properties: Object.fromEntries(plain) },
    secretFields: entries
      .filter(([name]) => secretFields.includes(name))
      .map(([field, { description }]) => ({
        ...{ field, description, required: schema.required?.includes(field) ?? false },
      })),
  }
}

/** An empty box keeps the secret that is there: it is not named at all. */
export function configToSend(plain: Record<string, unknown>, secrets: SecretEntries): Record<string, unknown> {
  const entered = Object.entries(secrets).filter(([, entry]) => entry !== undefined && entry !== "")
  return { ...plain, ...Object.fromEntries(entered) }
}
