import { z } from "zod"
import type { ChannelDefinition } from "@/lib/channels/contract"
import { channelDefinitions } from "@/lib/channels/definitions.gen"

const definitions: Record<string, ChannelDefinition> = channelDefinitions

export function findChannelKind(kind: string): ChannelDefinition | null {
  return Object.hasOwn(definitions, kind) ? (definitions[kind] ?? null) : null
}

export function channelKindNames(): string[] {
  return Object.keys(definitions).sort()
}

/** The kinds of channels and their settings as JSON Schema: what a form is made of. */
export function describeChannelKinds() {
  return Object.values(definitions).map(({ kind, title, summary, configSchema, secretFields }) => {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" })
    return { kind, title, summary, secretFields: [...secretFields], schema: schema as SettingsSchema }
  })
}

/** As much of JSON Schema as forms go by. */
interface SettingsSchema {
  type?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  properties?: Record<string, SettingsSchema>
  required?: string[]
  items?: SettingsSchema
  additionalProperties?: SettingsSchema | boolean
}
