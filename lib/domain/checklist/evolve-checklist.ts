import type { Folds } from "@/lib/domain/release/fold"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, ReleaseState } from "@/lib/domain/release/state"
import { actorName, personRefOf } from "@/lib/domain/timeline/actor-name"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { validUntil } from "./valid-until"

export const foldChecklist: Folds<"checklist"> = {
  "checklist.item_passed": (state, event) =>
    decidedItem(state, event, (item) => ({
      state: "passed",
      evidence: event.data.evidence,
      note: event.data.note,
      validUntil: event.data.evidence?.validUntil ?? validUntil(item, event.at),
    })),
  "checklist.item_failed": (state, event) =>
    decidedItem(state, event, () => ({ state: "failed", evidence: event.data.evidence, note: event.data.note })),
  "checklist.item_reopened": (state, event) =>
    decidedItem(state, event, () => ({ state: "open", evidence: null, note: event.data.note })),
  "checklist.item_waived": (state, event) =>
    decidedItem(state, event, () => ({ state: "waived", evidence: null, note: event.data.reason })),
  "checklist.item_not_applicable": (state, event) =>
    decidedItem(state, event, () => ({ state: "not_applicable", evidence: null, note: event.data.reason })),
  "checklist.item_assigned": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ assignee: data.assignee, revision: item.revision + 1 })),
  "checklist.item_due_set": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ dueAt: data.dueAt, revision: item.revision + 1 })),
  // A comment takes nothing away from anyone, so it makes nobody's edit stale. Nor does a check that begins or gives no result.
  "checklist.comment_added": (state, { actor, at, data }) =>
    changedItem(state, data.itemKey, (item) => ({
      comments: [
        ...item.comments,
        { id: data.commentId, by: personRefOf(actor), at, text: data.text, mentions: data.mentions ?? [] },
      ],
    })),
  // Nor does what is brought beside the proof: nobody's edit takes it away.
  "checklist.evidence_added": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({ attachments: [...item.attachments, data.evidence] })),
  "checklist.evidence_removed": (state, { data }) =>
    changedItem(state, data.itemKey, (item) => ({
      attachments: item.attachments.filter(({ id }) => id !== data.evidenceId),
    })),
  "checklist.proof_requested": (state, { actor, at, data }) => ({
    ...state,
    proof: { id: data.proofId, runIds: data.runIds, startedAt: at, by: actorName(actor) },
  }),
  "checklist.check_requested": (state, { at, data }) =>
    changedItem(state, data.itemKey, () => ({ checking: { runId: data.runId, since: at } })),
  "checklist.check_errored": (state, { at, data }) =>
    changedItem(state, data.itemKey, (item) =>
      item.checking?.runId === data.runId ? { checking: null, checkTrouble: { message: data.message, at } } : {},
    ),
}

type ItemEvent = Extract<AnyTimelineEvent, { type: `checklist.item_${string}` }>

/** What every decision about an item changes besides its state. */
function decidedItem(
  state: ReleaseState,
  { actor, at, data }: ItemEvent,
  change: (item: ChecklistItem) => Partial<ChecklistItem>,
): ReleaseState {
  return changedItem(state, data.itemKey, (item) => ({
    validUntil: null,
    checkTrouble: null,
    ...change(item),
    revision: item.revision + 1,
    by: actorName(actor),
    at,
    // A person's word does not end the check that is under way: its result will come.
    checking: actor.type === "worker" && actor.runId === item.checking?.runId ? null : item.checking,
  }))
}

function changedItem(
  state: ReleaseState,
  itemKey: string,
  change: (item: ChecklistItem) => Partial<ChecklistItem>,
): ReleaseState {
  const item = own(state.items, itemKey)
  if (!item) return state
  return { ...state, items: { ...state.items, [itemKey]: { ...item, ...change(item) } } }
}
