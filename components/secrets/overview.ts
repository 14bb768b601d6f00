/** What the page is given of one environment. Values of secrets are no part of it. */
export interface SecretInfo {
  name: string
  description: string | null
  updatedAt: string
  updatedBy: string
  version: number
}

export interface ReferenceInfo {
  name: string
  by: string
}

export interface Overview {
  service: { key: string; name: string }
  environment: { key: string; name: string; baseUrl: string; strategy: string; locked: boolean }
  mayChange: boolean
  known: { secrets: SecretInfo[]; references: ReferenceInfo[] } | null
}

export function secretsPath({ service, environment }: Overview): string {
  return `/environments/${encodeURIComponent(service.key)}/${encodeURIComponent(environment.key)}/secrets`
}

/** Names that something asks for and that are not there, with what asks. */
export function missingOf(secrets: readonly SecretInfo[], references: readonly ReferenceInfo[]): [string, string[]][] {
  const known = new Set(secrets.map(({ name }) => name))
  const missing = new Map<string, string[]>()
  for (const { name, by } of references) {
    if (!known.has(name)) missing.set(name, [...(missing.get(name) ?? []), by])
  }
  return [...missing].sort(([a], [b]) => a.localeCompare(b))
}
