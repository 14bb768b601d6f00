import { z } from "zod"
import { maintenanceDefinitions } from "@/lib/maintenance/definitions.gen"
import { strategyDefinitions } from "@/lib/strategies/definitions.gen"

interface Definition {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType
}

/** The kinds that an environment can be set up with, and their settings as JSON Schema: what a form is made of. */
export function settingsKinds() {
  return {
    strategies: Object.values(strategyDefinitions).map(described),
    maintenance: Object.values(maintenanceDefinitions).map(described),
  }
}

function described({ kind, title, summary, configSchema }: Definition) {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" })
  return { kind, title, summary, schema: schema as SettingsSchema }
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
