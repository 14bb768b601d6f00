import { checkDefinitions } from "@/lib/checks/definitions.gen"
import type { KnownChecks } from "@/lib/playbook/parse-playbook"

/** The kinds of check that this console has, for reading playbooks: a config is checked by its kind's own schema. */
export const knownChecks: KnownChecks = {
  kinds: Object.keys(checkDefinitions),
  configProblems(kind, config) {
    const definition = Object.entries(checkDefinitions).find(([name]) => name === kind)?.[1]
    const parsed = definition?.configSchema.safeParse(config)
    if (!parsed || parsed.success) return []
    return parsed.error.issues.map((issue) => ({ path: issue.path.filter(isKey), message: issue.message }))
  },
}

const isKey = (key: PropertyKey): key is string | number => typeof key !== "symbol"
