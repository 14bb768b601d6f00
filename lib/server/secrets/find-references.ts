import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { secretOf } from "@/lib/playbook/placeholders"

export interface SecretReference {
  name: string
  /** What asks for it, in words. */
  by: string
}

const PLACEHOLDER = /\{\{(.*?)\}\}/g

/** Which secrets a playbook's document asks for, and what of it: the title of the item, test or step around it. */
export function referencesInPlaybook(document: unknown): SecretReference[] {
  return unique(walk(document, "The playbook"))
}

/** Which secrets an environment's own settings ask for. */
export function referencesInConfig(config: unknown): SecretReference[] {
  const { strategy, maintenance } = environmentConfigSchema.parse(config)
  return unique([...walk(strategy.config, "Deploy strategy"), ...walk(maintenance.config, "Maintenance mode")])
}

function walk(value: unknown, by: string): SecretReference[] {
  if (typeof value === "string") {
    return [...value.matchAll(PLACEHOLDER)].flatMap(([, text = ""]) => {
      const name = secretOf(text.trim())
      return name ? [{ name, by }] : []
    })
  }
  if (value === null || typeof value !== "object") return []
  const own = Array.isArray(value) ? by : titleOf(value, by)
  return Object.values(value).flatMap((part) => walk(part, own))
}

/** Settings of a check have titles of nothing: only what a playbook shows to people counts. */
function titleOf(value: object, otherwise: string): string {
  const title = "title" in value ? value.title : "text" in value && "key" in value ? value.text : null
  return typeof title === "string" ? title : otherwise
}

function unique(references: SecretReference[]): SecretReference[] {
  return [...new Map(references.map((one) => [`${one.name}\n${one.by}`, one])).values()]
}
