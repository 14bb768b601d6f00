import { type RunInput, runInputSchema } from "@/lib/contracts/runs"
import type { ReleaseState } from "@/lib/domain/release/state"
import { decideClaim } from "@/lib/domain/run/decide-deploy"
import { decideRunFinished } from "@/lib/domain/run/decide-run-finished"
import { log } from "@/lib/server/log"
import { finishRun } from "@/lib/server/runs/finish-run"
import { releaseRun } from "@/lib/server/runs/release-run"
import { runCheckItem } from "../jobs/run-check-item"
import { runDeploy } from "../jobs/run-deploy"
import { runFlag } from "../jobs/run-flag"
import { runRollback } from "../jobs/run-rollback"
import { runStart } from "../jobs/run-start"
import { runVerification } from "../jobs/run-verification"
import { runWatch } from "../jobs/run-watch"
import { SecretsUnavailable } from "../steps/run-secrets"
import { type Claim, claimTogether } from "./claim-together"
import { type RunContext, runIn } from "./run-context"
import { RunStopped } from "./run-stopped"

/** A run that ends its worker again and again is ended with words instead of being taken up for ever. */
const MOST_CLAIMS = 20
const RETRY_MS = 2_000

/** Works on a claimed run from wherever it stands until it ends, is handed over, or is lost. */
export async function executeRun(context: RunContext): Promise<void> {
  const { control, run, holder } = context
  try {
    const claimed = await (run.kind === "check" ? claimTogether(context) : claimAlone(context))
    if (claimed.end === "lost") throw new RunStopped("lost")
    if (claimed.end === "over") {
      log.info({ runId: run.id }, "there is nothing left to do in a run")
      await finishRun(holder)
      return
    }
    await control.start()
    const input = runInputSchema.safeParse(run.input)
    if (!input.success || input.data.kind !== run.kind) {
      await fail(context, "This version of the console does not understand how the run was planned.")
      return
    }
    // A watch lasts for days and sees many workers come and go.
    if (run.kind !== "watch" && runIn(claimed.state, run.id).claims > MOST_CLAIMS) {
      await fail(context, `It was taken up ${MOST_CLAIMS} times without coming to an end.`)
      return
    }
    await workOn(context, input.data)
  } catch (error) {
    // Trying again would meet the same; a person has to set the secret or bring the key.
    if (error instanceof SecretsUnavailable) await fail(context, error.message)
    else await leave(context, error)
  } finally {
    control.close()
    await context.logs.flush()
  }
}

/** Waits for a database that is away, as long as the run is held. */
async function claimAlone(context: RunContext): Promise<Claim> {
  const { run, workerId, actor } = context
  const decide = ({ state }: { state: ReleaseState }) =>
    decideClaim(state, { runId: run.id, fence: run.fence, workerId }, actor)
  const claimed = await context.commit(decide)
  return claimed.ok ? { end: "claimed", state: claimed.state } : { end: "over", state: await context.state() }
}

function workOn(context: RunContext, input: RunInput): Promise<void> {
  switch (input.kind) {
    case "check":
      return runCheckItem(context, input)
    case "start":
      return runStart(context, input)
    case "deploy":
      return runDeploy(context, input)
    case "verify":
      return runVerification(context, input)
    case "watch":
      return runWatch(context, input)
    case "rollback":
      return runRollback(context, input)
    case "flag":
      return runFlag(context, input)
  }
}

/** Lets go of a run that did not end: at once when handing over, after a pause when something here failed. */
async function leave({ control, holder, logs, clock, run }: RunContext, error: unknown): Promise<void> {
  await logs.flush()
  if (error instanceof RunStopped && error.reason === "lost") {
    log.info({ runId: run.id }, "the run is no longer held here")
    return
  }
  if (error instanceof RunStopped && control.reason === "hand_over") {
    await releaseRun(holder)
    log.info({ runId: run.id }, "the run was handed over")
    return
  }
  log.error({ err: error, runId: run.id }, "working on a run failed")
  await releaseRun(holder, new Date(clock.nowMs() + RETRY_MS))
}

async function fail(context: RunContext, outcome: string): Promise<void> {
  const ended = await context.commit(({ state }) =>
    decideRunFinished(state, { runId: context.run.id, status: "failed", outcome }, context.actor),
  )
  if (!ended.ok) {
    log.warn({ runId: context.run.id, refusal: ended.refusal.message }, "a run could not be ended")
    await finishRun(context.holder)
  }
}
