import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, EvidenceRef, ReleaseState } from "@/lib/domain/release/state"
import type { Actor } from "@/lib/domain/timeline/actor"
import { validUntil } from "./valid-until"

const MOST_ATTACHMENTS = 50
/** Clocks of other systems are not ours; more ahead than this is a mistake. */
const CLOCK_SKEW_MS = 5 * 60_000

export interface EvidenceCommand {
  itemKey: string
  evidence: Omit<EvidenceRef, "validUntil">
  /** Decides the item, with this as its proof. Left out: it is kept beside whatever proves the item. */
  outcome?: "passed" | "failed"
  /** The revision that the writer saw, where they saw one: programs push without looking. */
  revision?: number
}

/**
 * Adds what was brought to an item. A result that comes once the item was waived or the preparation has ended decides
 * nothing any more and is kept beside it.
 */
export function decideEvidence(state: ReleaseState, command: EvidenceCommand, actor: Actor, nowIso: string): Decision {
  const { itemKey, evidence, outcome, revision } = command
  const item = own(state.items, itemKey)
  if (!item) return refuse("not_found", `There is no checklist item “${itemKey}”.`)
  if (state.status === "closed")
    return refuse("conflict", "The release is closed.", { detail: { status: state.status } })
  if (revision !== undefined && revision !== item.revision) {
    return refuse("stale", `“${item.title}” was changed meanwhile.`, { detail: { current: item } })
  }
  if (Date.parse(evidence.at) > Date.parse(nowIso) + CLOCK_SKEW_MS) {
    return refuse("invalid", "This lies in the future.", { field: "at" })
  }
  const kept = { ...evidence, validUntil: validUntil(item, evidence.at) }
  if (outcome && decides(state, item)) {
    const data = { itemKey, evidence: kept, note: evidence.summary }
    return { ok: true, events: [{ type: `checklist.item_${outcome}`, actor, data }] }
  }
  if (item.attachments.length >= MOST_ATTACHMENTS) {
    return refuse("conflict", `“${item.title}” has ${MOST_ATTACHMENTS} pieces of evidence: take some away first.`)
  }
  return { ok: true, events: [{ type: "checklist.evidence_added", actor, data: { itemKey, evidence: kept } }] }
}

function decides(state: ReleaseState, item: ChecklistItem): boolean {
  return state.status === "preparing" && item.state !== "waived" && item.state !== "not_applicable"
}

/** Takes away what was brought beside the proof; taken away already: nothing more to do. The proof itself goes by re-opening. */
export function decideEvidenceRemoved(
  state: ReleaseState,
  { itemKey, evidenceId, reason }: { itemKey: string; evidenceId: string; reason: string | null },
  actor: Actor,
): Decision {
  const item = own(state.items, itemKey)
  if (!item) return refuse("not_found", `There is no checklist item “${itemKey}”.`)
  if (state.status !== "preparing") {
    return refuse("conflict", "Evidence can only be taken away while the release is being prepared.", {
      detail: { status: state.status },
    })
  }
  if (item.evidence?.id === evidenceId) {
    return refuse("conflict", "This is what the item was decided by: re-open the item instead.")
  }
  if (!item.attachments.some(({ id }) => id === evidenceId)) return { ok: true, events: [] }
  return { ok: true, events: [{ type: "checklist.evidence_removed", actor, data: { itemKey, evidenceId, reason } }] }
}
