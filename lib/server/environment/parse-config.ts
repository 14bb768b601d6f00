import type { z } from "zod"
import { type EnvironmentConfig, environmentConfigSchema } from "@/lib/domain/environment/config"
import { flagDefinitions } from "@/lib/flags/definitions.gen"
import { forgeDefinitions } from "@/lib/forges/definitions.gen"
import { maintenanceDefinitions } from "@/lib/maintenance/definitions.gen"
import { metricDefinitions } from "@/lib/metrics/definitions.gen"
import { parseInput } from "@/lib/server/parse-input"
import { type Result, refused } from "@/lib/server/result"
import { strategyDefinitions } from "@/lib/strategies/definitions.gen"

type Definitions = Record<string, { configSchema: z.ZodType }>

/**
 * An environment's settings with those of its kinds, refused field by field as everything from outside is. Placeholders
 * for secrets are looked at as the texts that they are.
 */
export function parseEnvironmentConfig(input: unknown): Result<EnvironmentConfig> {
  const parsed = parseInput(environmentConfigSchema, input)
  if (!parsed.ok) return below("config", parsed)
  const { strategy, maintenance, flags, sources, forge } = parsed.value
  const kinds: [string, Definitions, EnvironmentConfig["strategy"]][] = [
    ["strategy", strategyDefinitions, strategy],
    ["maintenance", maintenanceDefinitions, maintenance],
    ...flags.map((flag, n): (typeof kinds)[number] => [`flags.${n}`, flagDefinitions, flag]),
    ...(forge ? [["forge", forgeDefinitions, forge] satisfies (typeof kinds)[number]] : []),
    ...sources.map((source, n): (typeof kinds)[number] => [`sources.${n}`, metricDefinitions, source]),
  ]
  for (const [name, definitions, { kind, config }] of kinds) {
    const definition = Object.hasOwn(definitions, kind) ? definitions[kind] : undefined
    if (!definition) {
      const known = Object.keys(definitions).sort().join(", ")
      return refused("invalid", `There is no ${name} of kind "${kind}"; there are ${known}.`, {
        field: `config.${name}.kind`,
      })
    }
    const fits = parseInput(definition.configSchema, config)
    if (!fits.ok) return below(`config.${name}.config`, fits)
  }
  return { ok: true, value: parsed.value }
}

/** The same refusal, with its fields named from where the whole begins. */
function below(path: string, { refusal }: { refusal: Extract<Result<never>, { ok: false }>["refusal"] }) {
  const under = (field: unknown) => [path, field].filter(Boolean).join(".")
  const errors = Array.isArray(refusal.detail?.errors) ? refusal.detail.errors : []
  return refused("invalid", `${path}.${refusal.message}`, {
    field: under(refusal.field),
    detail: { errors: errors.map((error) => ({ ...error, field: under(error.field) })) },
  })
}
