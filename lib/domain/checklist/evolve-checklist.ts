import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, EvidenceRef, ItemState, ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { actorName, personRefOf } from "@/lib/domain/timeline/actor-name"
import { validUntil } from "./valid-until"

export const foldChecklist: Folds<"checklist"> = {
  "checklist.item_passed": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => ({
      ...inState(item, "passed", actor, at, data.note, data.evidence),
      validUntil: data.evidence?.validUntil ?? validUntil(item, at, state.timeScale),
    })),
  "checklist.item_failed": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => inState(item, "failed", actor, at, data.note, data.evidence)),
  "checklist.item_reopened": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => inState(item, "open", actor, at, data.note, null)),
  "checklist.item_waived": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => inState(item, "waived", actor, at, data.reason, null)),
  "checklist.item_not_applicable": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => inState(item, "not_applicable", actor, at, data.reason, null)),
  "checklist.item_assigned": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ ...item, assignee: data.assignee })),
  "checklist.item_due_set": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ ...item, dueAt: data.dueAt })),
  "checklist.comment_added": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => ({
      ...item,
      comments: [...item.comments, { id: data.commentId, by: personRefOf(actor), at, text: data.text }],
    })),
  "checklist.check_requested": (state, { at, data }) =>
    changedItem(state, data.itemKey, (item) => ({ ...item, checking: { runId: data.runId, since: at } })),
  "checklist.check_errored": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ ...item, checking: null })),
}

/** Any new state ends a check that is under way: its late answer no longer finds its run id here. */
function inState(
  item: ChecklistItem,
  state: ItemState,
  actor: Actor,
  at: string,
  note: string | null,
  evidence: EvidenceRef | null,
): ChecklistItem {
  return { ...item, state, evidence, note, by: actorName(actor), at, validUntil: null, checking: null }
}

/** Every change raises the revision: a write that saw an older one is refused. */
function changedItem(state: ReleaseState, key: string, change: (item: ChecklistItem) => ChecklistItem): ReleaseState {
  const item = own(state.items, key)
  if (!item) return state
  return { ...state, items: { ...state.items, [key]: { ...change(item), revision: item.revision + 1 } } }
}
