import type { ReleaseState } from "@/lib/domain/release/state"

/** What a runbook's commands and steps are filled in with. */
export type CommandFacts = Record<"environment.key" | "service.key" | "release.version" | "since", string>

/** What is known of a release. `sinceIso`: from when it is looked at; left out, since the switch. */
export function commandFacts(
  { environment, service, version, switchedAt, createdAt }: ReleaseState,
  sinceIso: string = switchedAt ?? createdAt,
): CommandFacts {
  return {
    "environment.key": environment.key,
    "service.key": service.key,
    "release.version": version,
    since: sinceIso,
  }
}

/** What may stand in a shell or a search without a meaning of its own. */
const PLAIN = /^[A-Za-z0-9._:+@/-]+$/

/**
 * Fills `{{environment.key}}`, `{{service.key}}`, `{{release.version}}` and `{{since}}` in; all else stays as the document
 * wrote it, unknown placeholders too. In a command a value that a shell would read as more than a word is quoted.
 */
export function fillCommand(text: string, facts: CommandFacts, { shell = true }: { shell?: boolean } = {}): string {
  return text.replace(/\{\{\s*([a-zA-Z.]+)\s*\}\}/g, (written, name: string) => {
    if (!Object.hasOwn(facts, name)) return written
    const value = facts[name as keyof CommandFacts]
    return !shell || PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
  })
}
