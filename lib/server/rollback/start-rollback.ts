import { randomUUID } from "node:crypto"
import { startRollbackRequest } from "@/lib/contracts/api/requests"
import { refuse } from "@/lib/domain/release/decision"
import { decideStartByHand } from "@/lib/domain/rollback/decide-rollback"
import { rollbackTarget } from "@/lib/domain/rollback/rollback-target"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { doesNotUndo } from "./does-not-undo"
import { planRollbackRun } from "./plan-rollback-run"

/** Starts the rollback by a person's word: at once, whatever is under way. No window, item or signature stands against it. */
export function startRollback(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "rollback.start", schema: startRollbackRequest, body, lockEnvironment: true },
    ({ state, playbook, environmentConfig }, { reason, triggerKey }, { actor }) => {
      const target = rollbackTarget(state)
      if (!target.possible) return refuse("conflict", target.words, { detail: { status: state.status } })
      const plan = planRollbackRun({ playbook, environmentConfig, state, to: target.to })
      const rollback = { runId: randomUUID(), ...plan }
      return decideStartByHand(state, { reason, triggerKey, rollback, doesNotUndo: doesNotUndo(playbook) }, actor)
    },
  )
}
