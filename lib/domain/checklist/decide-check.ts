import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, EvidenceRef, ReleaseState } from "@/lib/domain/release/state"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { EventData } from "@/lib/domain/timeline/event-types"
import { isAutomatic } from "./automatic"
import { validUntil } from "./valid-until"

/** Queues a run of the item's check. Under way already: nothing more to do. */
export function decideCheckRequest(
  state: ReleaseState,
  { itemKey, runId, input }: { itemKey: string; runId: string; input?: unknown },
  actor: Actor,
): Decision {
  const item = own(state.items, itemKey)
  if (!item) return refuse("not_found", `There is no checklist item “${itemKey}”.`)
  if (!isAutomatic(item)) {
    return refuse(
      "invalid",
      `“${item.title}” has no check that could run: ${item.check?.provedBy === "push" ? "another system sends its result" : "a person must prove it"}.`,
      { field: "itemKey" },
    )
  }
  if (state.status !== "preparing") {
    return refuse("conflict", "Checks of the checklist only run while the release is being prepared.", {
      detail: { status: state.status },
    })
  }
  if (item.checking) return { ok: true, events: [] }
  const queued = queueRun("check", { runId, input: input ?? { itemKey }, steps: [], itemKey }, actor)
  return {
    ok: true,
    events: [...queued.events, { type: "checklist.check_requested", actor, data: { itemKey, runId } }],
    runs: queued.runs,
  }
}

export interface CheckResultCommand {
  itemKey: string
  runId: string
  outcome: "passed" | "failed" | "errored"
  evidence: Omit<EvidenceRef, "validUntil"> | null
  /** In words: what was found, or why it could not be carried out. */
  message: string
}

/**
 * Records what a check found and ends its run. A result that comes too late (the deployment began, the item was waived
 * meanwhile) and a check that could not be carried out leave the item as it is.
 */
export function decideCheckResult(
  state: ReleaseState,
  { itemKey, runId, outcome, evidence: given, message }: CheckResultCommand,
  actor: Actor,
): Decision {
  const item = own(state.items, itemKey)
  if (!item) return refuse("not_found", `There is no checklist item “${itemKey}”.`)
  const run = own(state.runs, runId)
  if (!run || run.finishedAt !== null) return { ok: true, events: [] }
  const tooLate = whyTooLate(state, item)
  if (outcome === "errored" || tooLate) {
    const words = tooLate ? `${tooLate} The check found: ${message}` : message
    return {
      ok: true,
      events: [
        { type: "checklist.check_errored", actor, data: { itemKey, runId, message: words } },
        ended(runId, tooLate ? "cancelled" : "inconclusive", words, actor),
      ],
    }
  }
  const evidence = given ? { ...given, validUntil: validUntil(item, given.at) } : null
  return {
    ok: true,
    events: [
      { type: `checklist.item_${outcome}`, actor, data: { itemKey, evidence, note: message } },
      ended(runId, outcome, message, actor),
    ],
  }
}

function whyTooLate(state: ReleaseState, item: ChecklistItem): string | null {
  if (state.status !== "preparing") return "The result came after the preparation had ended and was not counted."
  if (item.state === "waived") return "The item was waived meanwhile, and stays so."
  if (item.state === "not_applicable") return "The item was marked as not applicable meanwhile, and stays so."
  return null
}

function ended(runId: string, status: EventData<"run.finished">["status"], outcome: string, actor: Actor): NewEvent {
  return { type: "run.finished", actor, data: { runId, status, outcome } }
}
