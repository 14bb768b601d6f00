import { itemLooks } from "@/components/status/tones"
import { type Role, roles, roleTitles } from "@/lib/domain/access/roles"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { type ChecklistProgress, type Counts, countItems } from "@/lib/domain/checklist/progress"
import type { ChecklistItem, ItemStatus, ReleaseState } from "@/lib/domain/release/state"
import type { Beholder, Sorting } from "./checklist-view"

export interface Section {
  key: string
  title: string
  items: ChecklistItem[]
  counts: Counts
}

/** What needs somebody comes first. */
const stateOrder: ItemStatus[] = ["failed", "stale", "open", "passed", "waived", "not_applicable"]

/** The whole checklist put together by group, role, person or state; each part in the order of the playbook. */
export function sectionsOf(
  sorting: Sorting,
  { groups, items }: Pick<ReleaseState, "groups" | "items">,
  progress: ChecklistProgress,
  { meId, nowMs }: Beholder,
): Section[] {
  const all = groups.flatMap((group) => group.itemKeys.flatMap((key) => items[key] ?? []))
  const section = (key: string, title: string, keyOf: (item: ChecklistItem) => string, counts?: Counts) => {
    const members = all.filter((item) => keyOf(item) === key)
    return { key, title, items: members, counts: counts ?? countItems(members, nowMs) }
  }
  const sections = {
    group: () => groups.map(({ key, title }) => section(key, title, (item) => item.groupKey, progress.byGroup[key])),
    role: () =>
      [...roles, ""].map((role) =>
        section(role, role ? roleTitles[role as Role] : "Nobody’s", (item) => item.owner ?? "", progress.byOwner[role]),
      ),
    person: () =>
      assignees(all, meId).map(({ id, name }) =>
        section(id, name, (item) => item.assignee?.id ?? "", progress.byAssignee[id]),
      ),
    state: () => stateOrder.map((state) => section(state, itemLooks[state].word, (item) => itemStatus(item, nowMs))),
  }[sorting]()
  return sections.filter((one) => one.items.length > 0)
}

/** Oneself first, then by name, then what is nobody's. */
function assignees(items: readonly ChecklistItem[], meId: string): { id: string; name: string }[] {
  const known = new Map(items.flatMap(({ assignee }) => (assignee ? [[assignee.id, assignee.name]] : [])))
  const others = [...known].map(([id, name]) => ({ id, name })).filter(({ id }) => id !== meId)
  return [
    ...(known.has(meId) ? [{ id: meId, name: `${known.get(meId)} (you)` }] : []),
    ...others.sort((a, b) => a.name.localeCompare(b.name)),
    { id: "", name: "Not assigned" },
  ]
}
