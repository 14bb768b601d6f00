import type { CheckDefinition } from "@/lib/checks/contract"
import { checkDefinitions } from "@/lib/checks/definitions.gen"
import type { CheckWords } from "@/lib/contracts/api/snapshot"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"

const definitions: Record<string, CheckDefinition> = checkDefinitions as Record<string, CheckDefinition>
const KEPT = 32
const kept = new Map<string, Record<string, CheckWords>>()
const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/**
 * What each item's check looks at, by item key, so that kinds and their schemas stay on the server. Only what the page
 * shows anyway is filled in: of variables, secrets and captured values the name is told and never the value.
 */
export function checkWords(
  playbook: Playbook,
  release: ReleaseState,
  environment: { key: string; name: string; baseUrl: string },
): Record<string, CheckWords> {
  const { id, name, version, ref, commit } = release
  const known: Record<string, string | null> = {
    ...Object.fromEntries(Object.entries(environment).map(([field, value]) => [`env.${field}`, value])),
    ...Object.fromEntries(
      Object.entries({ id, name, version, ref, commit }).map(([field, value]) => [`release.${field}`, value]),
    ),
  }
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (_, placeholder: string) => known[placeholder] ?? named(placeholder, text))
  return Object.fromEntries(
    Object.entries(wordsOfVersion(release.playbook.versionId, playbook)).map(([key, { words, ...kind }]) => [
      key,
      { ...kind, words: words.map(fill) },
    ]),
  )
}

/** Versions never change, so each is put into words once a process. */
function wordsOfVersion(versionId: string, playbook: Playbook): Record<string, CheckWords> {
  const known = kept.get(versionId)
  if (known) return known
  const words = Object.fromEntries(
    playbook.checklist.groups
      .flatMap((group) => group.items)
      .flatMap(({ key, check }) => (check ? [[key, inWords(check)]] : [])),
  )
  kept.set(versionId, words)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return words
}

/** A playbook may be older than its kinds: then the kind's name is all there is to say. */
function inWords({ kind, config }: { kind: string; config: unknown }): CheckWords {
  const definition = Object.hasOwn(definitions, kind) ? definitions[kind] : undefined
  if (!definition) return { kind, title: kind, words: [] }
  const parsed = definition.configSchema.safeParse(config)
  return { kind, title: definition.title, words: parsed.success ? definition.describe(parsed.data) : [] }
}

/** `env.vars.TLS_HOST` is called TLS_HOST, set apart as code unless the whole sentence knows code already. */
function named(placeholder: string, text: string): string {
  const name = placeholder.split(".").at(-1) ?? placeholder
  return text.includes("`") ? name : `\`${name}\``
}
