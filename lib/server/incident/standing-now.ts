import { randomUUID } from "node:crypto"
import type { Incident, IncidentLevel } from "@/lib/domain/incident/incident-state"
import { pageLevelsToCome } from "@/lib/domain/incident/levels-due"
import type { Standing } from "@/lib/domain/incident/standing"
import { rollbackTarget } from "@/lib/domain/rollback/rollback-target"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { log } from "@/lib/server/log"
import { whoIsOnCall } from "@/lib/server/oncall/who-is-on-call"
import { doesNotUndo } from "@/lib/server/rollback/does-not-undo"
import { planRollbackRun } from "@/lib/server/rollback/plan-rollback-run"

/** What levels that are due need to know: whom to call (those further up only where somebody is missing), and the way back. */
export async function standingNow(
  hand: ReleaseInHand,
  incident: Incident,
  due: readonly IncidentLevel[],
): Promise<Standing> {
  const onCall = new Map<string, PersonRef[]>()
  const look = async (targets: Iterable<string | null>) => {
    for (const target of targets) {
      if (target !== null && !onCall.has(target)) onCall.set(target, await peopleOf(hand, target))
    }
  }
  await look(due.flatMap(({ page, notify }) => [incident.acknowledged ? null : page, notify]))
  const isMissed = due.some(({ page }) => page !== null && onCall.get(page)?.length === 0)
  if (isMissed) await look(pageLevelsToCome(incident).map(({ page }) => page))
  const acts = due.some(({ action }) => action !== null)
  const rollback = acts ? planRollback(hand) : { problem: "" }
  return { onCall, rollback, environment: hand.environment, nowIso: hand.now.toISOString() }
}

/** A rota that cannot be read has nobody: the next level is called, and the escalation does not stand still. */
export async function peopleOf({ tx, state, now }: ReleaseInHand, key: string): Promise<PersonRef[]> {
  try {
    return await whoIsOnCall(tx, { serviceId: state.service.id, key, at: now })
  } catch (error) {
    log.error({ err: error, serviceId: state.service.id, key }, "it could not be found out who is on call")
    return []
  }
}

function planRollback({ playbook, environmentConfig, state }: ReleaseInHand): Standing["rollback"] {
  const target = rollbackTarget(state)
  if (!target.possible) return { problem: target.words }
  try {
    const plan = planRollbackRun({ playbook, environmentConfig, state, to: target.to })
    return { run: { runId: randomUUID(), ...plan }, doesNotUndo: doesNotUndo(playbook) }
  } catch (error) {
    log.error({ err: error, releaseId: state.id }, "a rollback could not be planned")
    return { problem: "The rollback cannot be planned: the environment's settings do not fit." }
  }
}
