import { findPlaceholders, secretOf } from "@/lib/playbook/placeholders"
import { fillTemplate, sayMissing } from "@/lib/server/template/fill-template"
import type { OpenedSecrets } from "./open-secrets"

const isSecret = (name: string) => secretOf(name) !== null

/** The secrets that a JSON value asks for, by name. */
export function secretsAskedFor(value: unknown): string[] {
  return [...new Set(findPlaceholders(value).flatMap(({ name }) => secretOf(name) ?? []))]
}

/**
 * The settings of a deploy strategy or a maintenance provider with their secrets filled in. Placeholders of the kind's own
 * stay for the kind, which is why a secret that would look like one is refused: its value must not be read again.
 */
export function fillConfig(
  config: Record<string, unknown>,
  { values, whyNot }: OpenedSecrets,
): { ok: true; value: Record<string, unknown> } | { ok: false; why: string } {
  const odd = secretsAskedFor(config).find((name) => values[name]?.includes("{{"))
  if (odd) return { ok: false, why: `The secret ${odd} holds "{{", which these settings would take for a placeholder.` }
  const filled = fillTemplate(config, { secret: values }, isSecret)
  if (!filled.ok) return { ok: false, why: `${sayMissing(filled.missing, whyNot)}.` }
  return { ok: true, value: filled.value as Record<string, unknown> }
}
