import { randomUUID } from "node:crypto"
import type { DeployRunInput } from "@/lib/contracts/runs"
import { decideSwitch } from "@/lib/domain/deployment/decide-deployment"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { log } from "@/lib/server/log"
import { doesNotUndo } from "@/lib/server/rollback/does-not-undo"
import { planWatchRun } from "@/lib/server/verification/plan-watch-run"
import { nameVersion } from "@/lib/strategies/contract"
import { messageOf } from "../runtime/error-words"
import type { RunContext } from "../runtime/run-context"
import type { createStepWorker } from "./step-worker"

const ASK_TIMEOUT_MS = 20_000
const TRIES = 3

/**
 * After a failure or an abort: finds out what is live, takes maintenance mode off where the earlier version is still
 * there, and ends the run with both in words. Past the switch maintenance stays: users would meet the version that failed.
 */
export async function cleanUpDeploy(
  context: RunContext,
  worker: ReturnType<typeof createStepWorker>,
  input: DeployRunInput,
  end: { status: "failed" | "aborted"; why: string },
): Promise<void> {
  const words: string[] = [end.why.replace(/\.?$/, ".")]
  const live = await askLive(context, worker)
  const state = await recordSwitch(context, input, live)
  words.push(live === undefined ? "What is live could not be asked." : `Live: ${nameVersion(live)}.`)
  if (state.maintenance.on) {
    const isSwitched = state.live?.deploymentId === input.target.deploymentId
    if (isSwitched) words.push("Maintenance mode is still on.")
    else words.push(await turnMaintenanceOff(context, worker))
  }
  await context.commit(({ state: now, playbook, environmentConfig }) => {
    // What is live in spite of the failure is watched all the same.
    const watch = { runId: randomUUID(), ...planWatchRun({ playbook, environmentConfig }) }
    const outcome = words.join(" ")
    return decideRunFinished(
      now,
      { runId: context.run.id, status: end.status, outcome, watch, doesNotUndo: doesNotUndo(playbook) },
      context.actor,
    )
  })
}

/** Undefined: the platform does not say. */
async function askLive(
  context: RunContext,
  { strategy }: ReturnType<typeof createStepWorker>,
): Promise<DeployedVersion | null | undefined> {
  const { heldSignal } = context.control
  try {
    return await strategy.live(AbortSignal.any([heldSignal, AbortSignal.timeout(ASK_TIMEOUT_MS)]))
  } catch (error) {
    heldSignal.throwIfAborted()
    log.warn({ err: error, runId: context.run.id }, "what is live could not be asked")
    return undefined
  }
}

/** A switch that was cut off may have had its effect all the same. */
async function recordSwitch(
  context: RunContext,
  input: DeployRunInput,
  live: DeployedVersion | null | undefined,
): Promise<ReleaseState> {
  const state = await context.state()
  if (!live || live.deploymentId !== input.target.deploymentId || state.live?.deploymentId === live.deploymentId) {
    return state
  }
  const committed = await context.commit(({ state: now }) =>
    decideSwitch(now, { from: now.previous, to: live, adopted: true }, context.actor),
  )
  return committed.ok ? committed.state : state
}

async function turnMaintenanceOff(
  context: RunContext,
  { maintenance }: ReturnType<typeof createStepWorker>,
): Promise<string> {
  let why = ""
  for (let n = 1; n <= TRIES; n++) {
    context.control.heldSignal.throwIfAborted()
    try {
      const outcome = await maintenance.carryOut("off", { signal: context.control.heldSignal })
      why = outcome.summary
      if (outcome.status === "passed") {
        await context.commit((hand) => outcome.also?.(hand) ?? { ok: true, events: [] })
        return "Maintenance mode is off."
      }
    } catch (error) {
      why = messageOf(error)
    }
    await context.control.news(500 * n)
  }
  return `Maintenance mode could not be turned off (${why}): turn it off by hand.`
}
