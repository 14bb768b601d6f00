import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, ItemStatus, ReleaseState } from "@/lib/domain/release/state"
import { clearsGate, itemStatus } from "./item-status"

export interface Counts {
  total: number
  /** Passed, waived or not applicable. */
  done: number
  byStatus: Record<ItemStatus, number>
}

export interface ChecklistProgress extends Counts {
  byGroup: Record<string, Counts>
  byOwner: Record<string, Counts>
  byAssignee: Record<string, Counts>
}

/** How far the checklist is: in all, by group key, by owner and by the assignee's id (`""`: nobody's). */
export function checklistProgress(state: Pick<ReleaseState, "groups" | "items">, nowMs: number): ChecklistProgress {
  const all = state.groups.flatMap((group) => group.itemKeys).flatMap((key) => own(state.items, key) ?? [])
  return {
    ...countItems(all, nowMs),
    byGroup: countBy(all, nowMs, (item) => item.groupKey),
    byOwner: countBy(all, nowMs, (item) => item.owner ?? ""),
    byAssignee: countBy(all, nowMs, (item) => item.assignee?.id ?? ""),
  }
}

function countBy(items: ChecklistItem[], nowMs: number, keyOf: (item: ChecklistItem) => string) {
  const parts = new Map<string, ChecklistItem[]>()
  for (const item of items) parts.set(keyOf(item), [...(parts.get(keyOf(item)) ?? []), item])
  return Object.fromEntries([...parts].map(([key, part]) => [key, countItems(part, nowMs)]))
}

/** Counts of some items. */
export function countItems(items: readonly ChecklistItem[], nowMs: number): Counts {
  const byStatus: Counts["byStatus"] = { open: 0, passed: 0, failed: 0, stale: 0, waived: 0, not_applicable: 0 }
  let done = 0
  for (const item of items) {
    const status = itemStatus(item, nowMs)
    byStatus[status] += 1
    if (clearsGate(status)) done += 1
  }
  return { total: items.length, done, byStatus }
}
