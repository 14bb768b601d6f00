import { randomUUID } from "node:crypto"
import { proveRequest } from "@/lib/contracts/api/requests"
import { decideProof, itemsToProve, type ProofWish } from "@/lib/domain/checklist/decide-proof"
import type { Context } from "@/lib/server/access/context"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { planCheckRun } from "@/lib/server/verification/plan-check-run"
import { usualDurations } from "./usual-durations"

export type Proving = { proofId: string; itemKeys: string[] }

/** Runs the checks of several items side by side, in one commit. Nothing to prove is no fault: nothing is asked for then. */
export function proveItems(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed<Proving>>> {
  return changeRelease<typeof proveRequest, Proving>(
    ctx,
    { releaseId, action: "checklist.check", schema: proveRequest, body },
    async (hand, input, { actor }) => {
      const proof = await planProof(hand, input?.items ?? input?.which ?? "unproved")
      const unknown = input?.items?.find((key) => !proof.checks.some(({ itemKey }) => itemKey === key))
      if (unknown !== undefined) {
        const message = `There is no item "${unknown}" that proves itself and is neither waived nor marked as not applicable.`
        return { ok: false, refusal: { code: "invalid", message, field: "items" } }
      }
      const decision = decideProof(hand.state, proof, actor)
      return { decision, result: { proofId: proof.proofId, itemKeys: proof.checks.map(({ itemKey }) => itemKey) } }
    },
  )
}

/**
 * The checks that a wish comes to, frozen, each with the id of the run that would carry it out. What took longest the last
 * times comes first, so that it is not what everybody waits for at the end; what is not known yet, before that.
 */
export async function planProof(
  { tx, state, playbook, environmentConfig, now }: ReleaseInHand,
  wish: ProofWish,
): Promise<{ proofId: string; checks: { itemKey: string; runId: string; input: unknown }[] }> {
  const usual = await usualDurations(tx, state.environment.id)
  const expectedMs = (itemKey: string) => usual.get(itemKey) ?? Number.POSITIVE_INFINITY
  const checks = itemsToProve(state, wish, now.getTime()).flatMap(({ key: itemKey }) => {
    const input = planCheckRun({ playbook, environmentConfig, itemKey })?.input
    return input ? [{ itemKey, runId: randomUUID(), input }] : []
  })
  checks.sort((a, b) =>
    expectedMs(a.itemKey) === expectedMs(b.itemKey) ? 0 : expectedMs(b.itemKey) - expectedMs(a.itemKey),
  )
  return { proofId: randomUUID(), checks }
}
