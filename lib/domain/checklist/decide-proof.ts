import { type Decision, refuse } from "@/lib/domain/release/decision"
import { own } from "@/lib/domain/release/own"
import type { ChecklistItem, ReleaseState } from "@/lib/domain/release/state"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import { isAutomatic } from "./automatic"
import { itemStatus } from "./item-status"

/** `unproved`: all that do not hold now. `stale`: those that held once. `all`: fresh proof of everything. */
export type ProofWish = "unproved" | "stale" | "all" | readonly string[]

/** The items that prove themselves and that the wish means, in the order of the playbook. Waived ones are left alone. */
export function itemsToProve(state: ReleaseState, wish: ProofWish, nowMs: number): ChecklistItem[] {
  return state.groups
    .flatMap((group) => group.itemKeys)
    .flatMap((key) => own(state.items, key) ?? [])
    .filter((item) => isAutomatic(item) && item.state !== "waived" && item.state !== "not_applicable")
    .filter((item) => isMeant(item, wish, nowMs))
}

function isMeant(item: ChecklistItem, wish: ProofWish, nowMs: number): boolean {
  if (typeof wish !== "string") return wish.includes(item.key)
  const status = itemStatus(item, nowMs)
  return wish === "all" || (wish === "stale" ? status === "stale" : status !== "passed")
}

/**
 * Queues a check for each of these items in one go. A check that is under way already is counted in and not queued again.
 * `checks`: by item key, in the order in which they shall run.
 */
export function decideProof(
  state: ReleaseState,
  { proofId, checks }: { proofId: string; checks: readonly { itemKey: string; runId: string; input: unknown }[] },
  actor: Actor,
): Decision {
  if (state.status !== "preparing") {
    return refuse("conflict", "Checks of the checklist only run while the release is being prepared.", {
      detail: { status: state.status },
    })
  }
  if (checks.length === 0) return { ok: true, events: [] }
  const runIds = checks.map(({ itemKey, runId }) => [itemKey, own(state.items, itemKey)?.checking?.runId ?? runId])
  const queued = checks
    .filter(({ itemKey }) => !own(state.items, itemKey)?.checking)
    .map((check) => ({ check, ...queueRun("check", { ...check, steps: [] }, actor) }))
  return {
    ok: true,
    events: [
      { type: "checklist.proof_requested", actor, data: { proofId, runIds: Object.fromEntries(runIds) } },
      ...queued.flatMap(({ check: { itemKey, runId }, events }) => [
        ...events,
        { type: "checklist.check_requested" as const, actor, data: { itemKey, runId } },
      ]),
    ],
    runs: queued.flatMap(({ runs }) => runs),
  }
}
