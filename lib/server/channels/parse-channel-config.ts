import type { ChannelDefinition } from "@/lib/channels/contract"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"

export interface ParsedConfig {
  /** Without the secret fields. */
  config: Record<string, unknown>
  secrets: Record<string, string>
}

/** Addresses that a channel may lead to. Where they really point is looked at each time something is sent. */
const SCHEMES = ["http", "https", "smtp", "smtps", "mailto"]

/**
 * Settings as a kind wants them, its secret fields apart. A secret field that is left out keeps the value it has; null takes
 * it away. Refusals name the field from where the whole begins: `config.url`.
 */
export function parseChannelConfig(
  { configSchema, secretFields }: ChannelDefinition,
  given: Record<string, unknown>,
  kept: Record<string, string>,
): Result<ParsedConfig> {
  const held = Object.fromEntries(Object.entries(kept).filter(([field]) => secretFields.includes(field)))
  const whole = { ...held, ...given }
  for (const field of secretFields) if (whole[field] === null) delete whole[field]
  const parsed = parseInput(configSchema, whole)
  if (!parsed.ok) return belowConfig(parsed, whole)
  const config: Record<string, unknown> = {}
  const secrets: Record<string, string> = {}
  for (const [field, value] of Object.entries(parsed.value as Record<string, unknown>)) {
    if (!secretFields.includes(field)) config[field] = value
    else if (typeof value === "string" && value !== "") secrets[field] = value
  }
  const odd = oddAddress({ ...config, ...secrets }, "config")
  return odd ? at(odd.field, odd.why) : done({ config, secrets })
}

function oddAddress(value: unknown, field: string): { field: string; why: string } | null {
  if (typeof value === "string") {
    const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase()
    if (scheme === undefined || SCHEMES.includes(scheme)) return null
    return { field, why: `leads to ${scheme}:, which no message can be sent to` }
  }
  if (typeof value !== "object" || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const odd = oddAddress(part, `${field}.${key}`)
    if (odd) return odd
  }
  return null
}

/** The same refusal, with its fields named from where the whole begins; what is not there at all is said so. */
function belowConfig(
  { refusal }: Extract<Result<never>, { ok: false }>,
  given: Record<string, unknown>,
): Result<never> {
  const listed = (refusal.detail?.errors ?? []) as { field: string; message: string }[]
  const errors = listed.map(({ field, message }) => ({
    field: ["config", field].filter(Boolean).join("."),
    message: field !== "" && !field.includes(".") && given[field] === undefined ? "is missing" : message,
  }))
  const [first] = errors
  const field = first?.field ?? "config"
  return refused("invalid", `${field}: ${first?.message ?? refusal.message}`, { field, detail: { errors } })
}

export function at(field: string, message: string): Extract<Result<never>, { ok: false }> {
  return refused("invalid", `${field}: ${message}`, { field, detail: { errors: [{ field, message }] } })
}
