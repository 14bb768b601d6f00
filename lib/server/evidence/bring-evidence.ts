import { decideEvidence } from "@/lib/domain/checklist/decide-evidence"
import type { Decision } from "@/lib/domain/release/decision"
import type { PersonActor } from "@/lib/server/access/authorise"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { storeEvidence } from "./store-evidence"

export interface Bringing {
  itemKey: string
  kind: "text" | "link" | "result" | "file"
  summary: string
  blocks: readonly unknown[]
  /** What was found, without times: see `storeEvidence`. */
  result: unknown
  outcome?: "passed" | "failed"
  /** When it was found out, in any zone. Left out: now. */
  at?: string
  revision?: number
}

/** `decided`: it is the item's proof now; else it is kept beside it. */
export type BroughtEvidence = { evidenceId: string; decided: boolean }

/** Keeps what was brought to an item, and decides what it does to it, in the transaction that has the release in hand. */
export async function bringEvidence(
  { tx, state, now }: ReleaseInHand,
  bringing: Bringing,
  actor: PersonActor,
): Promise<{ decision: Decision; result: BroughtEvidence }> {
  const { itemKey, kind, summary, blocks, result, outcome, revision } = bringing
  const nowIso = now.toISOString()
  const at = bringing.at === undefined ? nowIso : new Date(bringing.at).toISOString()
  const stored = await storeEvidence(tx, { releaseId: state.id, subject: itemKey, kind, blocks, result, at: now })
  const decision = decideEvidence(
    state,
    { itemKey, outcome, revision, evidence: { ...stored, kind, summary, at, by: actor.name } },
    actor,
    nowIso,
  )
  const decided = decision.ok && decision.events.some(({ type }) => type.startsWith("checklist.item_"))
  return { decision, result: { evidenceId: stored.id, decided } }
}
