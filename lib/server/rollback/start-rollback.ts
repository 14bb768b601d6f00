import { randomUUID } from "node:crypto"
import { startRollbackRequest } from "@/lib/contracts/api/requests"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import { refuse } from "@/lib/domain/release/decision"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { decideStartByHand } from "@/lib/domain/rollback/decide-rollback"
import { rollbackTarget } from "@/lib/domain/rollback/rollback-target"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { doesNotUndo } from "./does-not-undo"
import { planRevertRun, planRollbackRun } from "./plan-rollback-run"

/** Starts the rollback by a person's word: at once, whatever is under way. No window, item or signature stands against it. */
export function startRollback(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "rollback.start", schema: startRollbackRequest, body, lockEnvironment: true },
    ({ state, playbook, environmentConfig }, { reason, triggerKey, option }, { actor, person }) => {
      const target = rollbackTarget(state)
      if (!target.possible) return refuse("conflict", target.words, { detail: { status: state.status } })
      const runId = randomUUID()
      const asked = { reason, triggerKey, option, doesNotUndo: doesNotUndo(playbook, option) }
      if (option === "promote_previous") {
        const plan = planRollbackRun({ playbook, environmentConfig, state, to: target.to })
        return decideStartByHand(state, { ...asked, rollback: { runId, ...plan } }, actor)
      }
      const why = whyNotReverted(state, target.to, environmentConfig)
      if (why) return refuse("conflict", why, { field: "option" })
      const author = { name: person.name, email: person.email }
      const { to, ...plan } = planRevertRun({ playbook, environmentConfig, state, goal: target.to, runId, author })
      return decideStartByHand(state, { ...asked, rollback: { runId, ...plan }, to }, actor)
    },
  )
}

function whyNotReverted({ commit }: ReleaseState, goal: DeployedVersion, { revert }: EnvironmentConfig): string | null {
  if (!revert) return "The environment's settings do not say that commits may be taken back from here."
  if (!goal.commit) return "What was live before does not say which commit it was made of."
  return commit ? null : "The release names no commit."
}
