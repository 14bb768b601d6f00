import type { ChecklistItem } from "@/lib/domain/release/state"

/** Until when a pass given at `at` holds. Null: for good. Never scaled: proof ages by the clock, rehearsed or not. */
export function validUntil(item: Pick<ChecklistItem, "maxAgeMs">, at: string): string | null {
  return item.maxAgeMs === null ? null : new Date(Date.parse(at) + item.maxAgeMs).toISOString()
}
