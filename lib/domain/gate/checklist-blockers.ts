import { roleSchema } from "@/lib/domain/access/roles"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, ReleaseState } from "@/lib/domain/release/state"
import type { Blocker, BlockerCode } from "./gate-types"

/** Blockers of all items that do not clear the gate, in the order of the playbook. */
export function checklistBlockers(state: ReleaseState, nowMs: number): Blocker[] {
  return state.groups.flatMap((group) =>
    group.itemKeys.flatMap((key) => {
      const item = own(state.items, key)
      if (!item || clearsGate(itemStatus(item, nowMs))) return []
      return [itemBlocker(state.id, item, nowMs)]
    }),
  )
}

function itemBlocker(releaseId: string, item: ChecklistItem, nowMs: number): Blocker {
  const [code, message] = inWords(item, nowMs)
  const owner = roleSchema.safeParse(item.owner)
  return {
    code,
    message,
    ...(owner.success ? { role: owner.data } : {}),
    href: `/releases/${releaseId}/checklist#item-${item.key}`,
    subject: item.key,
  }
}

function inWords(item: ChecklistItem, nowMs: number): [BlockerCode, string] {
  const how = item.check ? "run its check again" : "prove it again"
  switch (itemStatus(item, nowMs)) {
    case "failed":
      return ["checklist_failed", `“${item.title}” failed${item.note ? `: ${item.note}` : ""}.`]
    case "stale":
      return ["checklist_stale", `“${item.title}” was proved too long ago: ${how}.`]
    default:
      return ["checklist_open", `“${item.title}” is still open.`]
  }
}
