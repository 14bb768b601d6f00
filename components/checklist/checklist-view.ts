import { isAutomatic } from "@/lib/domain/checklist/automatic"
import { clearsGate } from "@/lib/domain/checklist/item-status"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"

export const sortings = ["group", "role", "person", "state"] as const
export type Sorting = (typeof sortings)[number]

export const chips = ["open", "failed", "stale", "waived", "mine", "overdue", "automatic", "manual"] as const
export type Chip = (typeof chips)[number]

/** What of the checklist is shown and how it is put together; kept in the address, so that it can be linked. */
export interface ChecklistView {
  sorting: Sorting
  chips: readonly Chip[]
  text: string
}

export const wholeChecklist: ChecklistView = { sorting: "group", chips: [], text: "" }

export interface Beholder {
  meId: string
  nowMs: number
}

/** Several states mean any of them; everything else narrows further. */
const states: Partial<Record<Chip, readonly ItemStatus[]>> = {
  open: ["open"],
  failed: ["failed"],
  stale: ["stale"],
  waived: ["waived", "not_applicable"],
}

export function passes(view: ChecklistView, item: ChecklistItem, status: ItemStatus, who: Beholder): boolean {
  const wanted = view.chips.flatMap((chip) => states[chip] ?? [])
  if (wanted.length > 0 && !wanted.includes(status)) return false
  if (!view.chips.every((chip) => states[chip] || matches(chip, item, status, who))) return false
  const needle = view.text.trim().toLowerCase()
  return !needle || `${item.title} ${item.detail ?? ""} ${item.assignee?.name ?? ""}`.toLowerCase().includes(needle)
}

/** Whether a chip by itself lets the item through. */
export function matches(chip: Chip, item: ChecklistItem, status: ItemStatus, { meId, nowMs }: Beholder): boolean {
  switch (chip) {
    case "mine":
      return item.assignee?.id === meId
    case "overdue":
      return isOverdue(item, status, nowMs)
    case "automatic":
      return isAutomatic(item)
    case "manual":
      return !isAutomatic(item)
    default:
      return states[chip]?.includes(status) ?? false
  }
}

export function isOverdue({ dueAt }: Pick<ChecklistItem, "dueAt">, status: ItemStatus, nowMs: number): boolean {
  return dueAt !== null && Date.parse(dueAt) <= nowMs && !clearsGate(status)
}

export function viewOf(query: URLSearchParams): ChecklistView {
  const sorting = sortings.find((one) => one === query.get("by")) ?? wholeChecklist.sorting
  const shown = (query.get("show") ?? "").split(",")
  return { sorting, chips: chips.filter((chip) => shown.includes(chip)), text: query.get("q") ?? "" }
}

/** The query of an address that shows this view; the empty text for the whole checklist. */
export function queryOf({ sorting, chips: shown, text }: ChecklistView): string {
  const fields: [string, string][] = []
  if (sorting !== wholeChecklist.sorting) fields.push(["by", sorting])
  if (shown.length > 0) fields.push(["show", shown.join(",")])
  if (text) fields.push(["q", text])
  return new URLSearchParams(fields).toString().replaceAll("%2C", ",")
}
