import type { z } from "zod"
import type { secretSchema } from "@/lib/contracts/api/responses"

export type SecretEntry = z.output<typeof secretSchema>

export interface SecretRow {
  name: string
  description: string | null
  version: number
  updatedByName: string
  updatedAt: Date
}

/** What anybody gets to see of a secret. */
export function entryOf({ name, description, version, updatedByName, updatedAt }: SecretRow): SecretEntry {
  return { name, description, version, updatedBy: updatedByName, updatedAt: updatedAt.toISOString() }
}
