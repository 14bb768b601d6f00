import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, ItemStatus, ReleaseState } from "@/lib/domain/release/state"
import { clearsGate, itemStatus } from "./item-status"

export interface Counts {
  total: number
  /** Passed, waived or not applicable. */
  done: number
  byStatus: Record<ItemStatus, number>
}

/** How far the checklist is: in all, by group key and by owner (`""`: nobody's). */
export function checklistProgress(
  state: ReleaseState,
  nowMs: number,
): Counts & { byGroup: Record<string, Counts>; byOwner: Record<string, Counts> } {
  const all = state.groups.flatMap((group) => group.itemKeys).flatMap((key) => own(state.items, key) ?? [])
  return {
    ...count(all, nowMs),
    byGroup: countBy(all, nowMs, (item) => item.groupKey),
    byOwner: countBy(all, nowMs, (item) => item.owner ?? ""),
  }
}

function countBy(items: ChecklistItem[], nowMs: number, keyOf: (item: ChecklistItem) => string) {
  const parts = new Map<string, ChecklistItem[]>()
  for (const item of items) parts.set(keyOf(item), [...(parts.get(keyOf(item)) ?? []), item])
  return Object.fromEntries([...parts].map(([key, part]) => [key, count(part, nowMs)]))
}

function count(items: ChecklistItem[], nowMs: number): Counts {
  const byStatus: Counts["byStatus"] = { open: 0, passed: 0, failed: 0, stale: 0, waived: 0, not_applicable: 0 }
  let done = 0
  for (const item of items) {
    const status = itemStatus(item, nowMs)
    byStatus[status] += 1
    if (clearsGate(status)) done += 1
  }
  return { total: items.length, done, byStatus }
}
