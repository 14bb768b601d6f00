import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"

/** The item's state, or `stale` where it passed and its evidence has outlived its limit. */
export function itemStatus(item: Pick<ChecklistItem, "state" | "validUntil">, nowMs: number): ItemStatus {
  const expired = item.state === "passed" && item.validUntil !== null && nowMs >= Date.parse(item.validUntil)
  return expired ? "stale" : item.state
}

/** Whether an item in this status lets the release go. */
export function clearsGate(status: ItemStatus): boolean {
  return status === "passed" || status === "waived" || status === "not_applicable"
}
