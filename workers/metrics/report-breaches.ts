import { randomUUID } from "node:crypto"
import { evaluateRule } from "@/lib/domain/metric/evaluate"
import type { Sample } from "@/lib/domain/metric/rule"
import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideBaselineCleared, decideBreach } from "@/lib/domain/rollback/decide-breach"
import type { QueuedRun } from "@/lib/domain/run/queue-run"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { log } from "@/lib/server/log"
import { doesNotUndo } from "@/lib/server/rollback/does-not-undo"
import { planRollbackRun } from "@/lib/server/rollback/plan-rollback-run"
import { scaleRule } from "@/lib/server/verification/scale-rule"
import type { RunContext } from "../runtime/run-context"
import { nothingToDo } from "../runtime/together"
import type { RunEnvironment } from "../steps/run-environment"

/** Evaluates the armed triggers on what was measured and commits each new breach, with what follows from it. */
export async function reportBreaches(
  context: RunContext,
  environment: RunEnvironment,
  state: ReleaseState,
  samples: readonly Sample[],
): Promise<void> {
  if (samples.length === 0 || !state.switchedAt) return
  const nowMs = context.clock.nowMs()
  const sinceMs = Date.parse(state.switchedAt)
  for (const { key, rule, armed, title, baseline } of Object.values(state.triggers)) {
    if (!armed || !rule) continue
    const { verdict, words, breachingSinceMs } = evaluateRule(scaleRule(rule, environment.config), samples, nowMs, {
      sinceMs,
    })
    if (baseline && verdict === "ok" && breachingSinceMs === null) {
      await context.commit(({ state: now }) =>
        decideBaselineCleared(now, { triggerKey: key, words: `${title}: ${words}` }, context.actor),
      )
    }
    if (verdict !== "breached") continue
    const breach = {
      triggerKey: key,
      words: `${title}: ${words}`,
      sinceIso: breachingSinceMs === null ? null : new Date(breachingSinceMs).toISOString(),
      watchRunId: context.run.id,
    }
    // Told of already: no lock is taken for nothing, interval after interval.
    const asked = decideBreach(state, { ...breach, ...onlyAsking }, context.actor)
    if (!asked.ok || asked.events.length === 0) continue
    const committed = await context.commit((hand) => decide(hand, breach, context), { lockEnvironment: true })
    if (!committed.ok)
      log.warn({ runId: context.run.id, key, refusal: committed.refusal.message }, "a breach was refused")
  }
}

type Seen = Pick<Parameters<typeof decideBreach>[1], "triggerKey" | "words" | "sinceIso" | "watchRunId">

const onlyAsking = {
  rollback: { runId: "", input: null, steps: [] } satisfies QueuedRun,
  doesNotUndo: [],
  nowIso: new Date(0).toISOString(),
  environment: null,
}

function decide(hand: ReleaseInHand, breach: Seen, { actor }: RunContext): Decision {
  const { state, playbook, environmentConfig, environment, now } = hand
  // Without a version to go back to there is nothing to plan; the decision then asks people.
  const plan = state.previous ? planRollbackRun({ playbook, environmentConfig, state }) : { input: null, steps: [] }
  const decision = decideBreach(
    state,
    {
      ...breach,
      rollback: { runId: randomUUID(), ...plan },
      doesNotUndo: doesNotUndo(playbook),
      nowIso: now.toISOString(),
      environment,
    },
    actor,
  )
  return decision.ok && decision.events.length === 0 ? nothingToDo : decision
}
