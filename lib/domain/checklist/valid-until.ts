import type { ChecklistItem } from "@/lib/domain/release/state"

/** Until when a pass given at `at` holds. Null: for good. */
export function validUntil(item: Pick<ChecklistItem, "maxAgeMs">, at: string, timeScale: number): string | null {
  if (item.maxAgeMs === null) return null
  return new Date(Date.parse(at) + Math.round(item.maxAgeMs * timeScale)).toISOString()
}
