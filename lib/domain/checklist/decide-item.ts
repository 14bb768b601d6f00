import type { Action } from "@/lib/domain/access/policy"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, EvidenceRef, ItemState, ReleaseState } from "@/lib/domain/release/state"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { isAutomatic } from "./automatic"
import { itemStatus } from "./item-status"
import { validUntil } from "./valid-until"

export interface ItemCommand {
  itemKey: string
  /** The revision that the writer saw. */
  revision: number
  state?: ItemState
  /** Goes with a state: what was found, or the reason of a waiver. */
  note?: string
  evidence?: Omit<EvidenceRef, "validUntil"> | null
  assignee?: PersonRef | null
  dueAt?: string | null
  comment?: { id: string; text: string; mentions?: PersonRef[] }
}

/** The right that a change needs. */
export function itemChangeAction({ state }: Pick<ItemCommand, "state">): Action {
  return state === "waived" || state === "not_applicable" ? "checklist.waive" : "checklist.edit"
}

/**
 * Ticks, un-ticks, waives, assigns, sets a due date, comments: all that the command names, or nothing. The caller has asked
 * for the right of `itemChangeAction`. Refusals: not_found, stale (`detail.current`), conflict, invalid (`field`).
 */
export function decideItemChange(state: ReleaseState, command: ItemCommand, actor: Actor, nowIso: string): Decision {
  const item = own(state.items, command.itemKey)
  if (!item) return refuse("not_found", `There is no checklist item “${command.itemKey}”.`)
  if (state.status === "closed") return refuse("conflict", "The release is closed.")
  const changes = command.state !== undefined || command.assignee !== undefined || command.dueAt !== undefined
  // A comment only adds: it may come from a page that is behind.
  if (changes && command.revision !== item.revision) {
    return refuse("stale", `“${item.title}” was changed meanwhile${item.by ? ` by ${item.by}` : ""}.`, {
      detail: { current: item },
    })
  }
  const decided = decideState(state, item, command, actor, nowIso)
  if (!decided.ok) return decided
  return { ok: true, events: [...decided.events, ...otherChanges(item, command, actor)] }
}

function decideState(
  release: ReleaseState,
  item: ChecklistItem,
  { state, note: rawNote, evidence: given }: ItemCommand,
  actor: Actor,
  nowIso: string,
): Decision {
  const note = rawNote?.trim() || null
  if (state === undefined) {
    if (note === null && !given) return { ok: true, events: [] }
    return refuse("invalid", "A note belongs to a change of state; add a comment instead.", { field: "note" })
  }
  const status = itemStatus(item, Date.parse(nowIso))
  if (state === status && !given && (note === null || note === item.note)) return { ok: true, events: [] }
  if (release.status !== "preparing") {
    return refuse("conflict", "The checklist can only be changed while the release is being prepared.", {
      detail: { status: release.status },
    })
  }
  const itemKey = item.key
  const evidence = given ? { ...given, validUntil: validUntil(item, given.at) } : null
  switch (state) {
    case "open":
      return one({ type: "checklist.item_reopened", actor, data: { itemKey, note } })
    case "failed":
      return one({ type: "checklist.item_failed", actor, data: { itemKey, evidence, note } })
    case "passed":
      if (isAutomatic(item) && note === null)
        return needed("note", "This item has a check: say why it is ticked by hand.")
      return one({ type: "checklist.item_passed", actor, data: { itemKey, evidence, note } })
    default:
      if (!item.waivable) {
        return refuse("invalid", `“${item.title}” can never be waived: it must be proved.`, { field: "state" })
      }
      if (note === null)
        return needed("note", state === "waived" ? "Say why it is waived." : "Say why it does not apply.")
      return one(
        state === "waived"
          ? { type: "checklist.item_waived", actor, data: { itemKey, reason: note } }
          : { type: "checklist.item_not_applicable", actor, data: { itemKey, reason: note } },
      )
  }
}

function otherChanges(item: ChecklistItem, command: ItemCommand, actor: Actor): NewEvent[] {
  const { assignee, dueAt, comment } = command
  const itemKey = item.key
  const events: NewEvent[] = []
  if (assignee !== undefined && (assignee?.id ?? null) !== (item.assignee?.id ?? null)) {
    events.push({ type: "checklist.item_assigned", actor, data: { itemKey, assignee } })
  }
  const due = dueAt === undefined ? undefined : dueAt === null ? null : new Date(dueAt).toISOString()
  if (due !== undefined && due !== item.dueAt) {
    events.push({ type: "checklist.item_due_set", actor, data: { itemKey, dueAt: due } })
  }
  if (comment) {
    events.push({
      type: "checklist.comment_added",
      actor,
      data: { itemKey, commentId: comment.id, text: comment.text, mentions: comment.mentions ?? [] },
    })
  }
  return events
}

const one = (event: NewEvent): Extract<Decision, { ok: true }> => ({ ok: true, events: [event] })
const needed = (field: string, message: string) => refuse("invalid", message, { field })
