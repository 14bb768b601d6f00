import type { ChecklistItem } from "@/lib/domain/release/state"

/** Whether the item proves itself: its check finds out without a person or another system. */
export function isAutomatic({ check }: Pick<ChecklistItem, "check">): boolean {
  return check !== null && (check.provedBy ?? "machine") === "machine"
}
