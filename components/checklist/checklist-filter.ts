import type { Role } from "@/lib/domain/access/roles"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"

export interface ChecklistFilter {
  text: string
  /** `""`: anyone's; `none`: nobody's. */
  owner: Role | "" | "none"
  /** `todo`: everything that holds the gate. */
  status: ItemStatus | "" | "todo" | "automatic"
}

export const noFilter: ChecklistFilter = { text: "", owner: "", status: "" }

const clears = new Set<ItemStatus>(["passed", "waived", "not_applicable"])

export function passes(filter: ChecklistFilter, item: ChecklistItem, status: ItemStatus): boolean {
  const { text, owner } = filter
  if (owner === "none" ? item.owner !== null : owner && item.owner !== owner) return false
  if (filter.status === "todo" && clears.has(status)) return false
  if (filter.status === "automatic" && !item.check) return false
  if (filter.status && filter.status !== "todo" && filter.status !== "automatic" && filter.status !== status)
    return false
  const needle = text.trim().toLowerCase()
  return !needle || `${item.title} ${item.detail ?? ""} ${item.assignee?.name ?? ""}`.toLowerCase().includes(needle)
}
