import { randomUUID } from "node:crypto"
import { decideBegin, decideExpire, plannedSchedule } from "@/lib/domain/schedule/decide-begin"
import { gateForSchedule } from "@/lib/domain/schedule/decide-schedule"
import { planProof } from "@/lib/server/checklist/prove-items"
import { planDeployRun } from "@/lib/server/deploy/plan-deploy-run"
import { whoStarts } from "@/lib/server/deploy/who-starts"
import type { TimerHandler } from "@/lib/server/timers/fire-timer"

/** Begins a scheduled go-live with its pre-flight, under the environment's lock, if the gate lets it. */
export const beginSchedule: TimerHandler = {
  lockEnvironment: true,
  async decide(hand, timer) {
    const { tx, state, environment, environmentConfig, playbook, now } = hand
    const schedule = plannedSchedule(state, timer.subject)
    if (!schedule) return { ok: true, events: [] }
    const starter = await whoStarts(tx, { id: schedule.by.id, tokenId: null }, { serviceId: state.service.id, now })
    if (typeof starter === "string") return decideExpire(schedule.id, `Not started: ${starter}`)
    const runId = randomUUID()
    const { startAt: deploy, maintenanceAt: maintenance_on } = schedule
    const plan = planDeployRun({ playbook, environmentConfig, state, runId, notBefore: { maintenance_on, deploy } })
    const { renewable } = gateForSchedule(state, environment, now.getTime())
    const proof = renewable.length > 0 ? await planProof(hand, renewable) : null
    return decideBegin(
      state,
      environment,
      { schedule, nowIso: now.toISOString(), deploy: { runId, ...plan }, proof },
      starter,
    )
  },
}
