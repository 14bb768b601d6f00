import { prisma } from "@/lib/server/db"
import { keyRing } from "./key-ring"
import { openSecret } from "./sealed-secret"

export interface OpenedSecrets {
  /** By name. Held in memory for as long as a run needs them, and written nowhere. */
  values: Record<string, string>
  /** Why there is no value of this name, in words. */
  whyNot(name: string): string
}

/** Decrypts the secrets of an environment. One that cannot be read does not keep the others back. */
export async function openSecrets(environment: { id: string; name: string }): Promise<OpenedSecrets> {
  const rows = await prisma.secret.findMany({
    where: { environmentId: environment.id },
    orderBy: { name: "asc" },
    select: { environmentId: true, name: true, keyId: true, sealed: true },
  })
  const ring = rows.length === 0 ? "" : await keyRing().catch((error: Error) => error.message)
  const values: Record<string, string> = {}
  const faults = new Map<string, string>()
  for (const row of rows) {
    const opened = openSecret(ring, row, environment.name)
    if (opened.ok) values[row.name] = opened.value
    else faults.set(row.name, opened.why)
  }
  return { values, whyNot: (name) => faults.get(name) ?? `There is no secret ${name} in ${environment.name}.` }
}
