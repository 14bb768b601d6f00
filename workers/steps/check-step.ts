import { join } from "node:path"
import { stableResult } from "@/lib/checks/answer"
import type { CheckResult } from "@/lib/checks/ports"
import type { FrozenCheck } from "@/lib/contracts/runs"
import type { ReleaseState } from "@/lib/domain/release/state"
import { runCheck } from "@/lib/server/checks/run-check"
import { env } from "@/lib/server/env"
import { measureWith } from "../metrics/measure"
import type { RunContext } from "../runtime/run-context"
import type { StepAttempt, StepOutcome } from "../runtime/step-outcome"
import type { RunEnvironment } from "./run-environment"

/** Values that earlier checks of this run brought, by name. They live as long as the worker that holds the run. */
export type Captures = Map<string, string>

/** Carries out one check as a step. A check that could not be carried out is a failed step: nothing was proved. */
export async function carryOutCheck(
  context: RunContext,
  environment: RunEnvironment,
  captures: Captures,
  check: FrozenCheck,
  { signal, timeoutMs, log }: Pick<StepAttempt, "signal" | "timeoutMs" | "log">,
): Promise<StepOutcome> {
  const result = await runBoundCheck(context, environment, captures, check, { signal, timeoutMs, log })
  signal.throwIfAborted()
  return {
    status: result.outcome === "passed" ? "passed" : "failed",
    summary: result.summary,
    blocks: result.blocks,
    result: stableResult(result),
    kind: check.kind,
  }
}

/** Runs a check with the placeholders of this run and keeps what it captures. */
export async function runBoundCheck(
  context: RunContext,
  environment: RunEnvironment,
  captures: Captures,
  check: FrozenCheck,
  { signal, timeoutMs, log }: Pick<StepAttempt, "signal" | "timeoutMs" | "log">,
): Promise<CheckResult> {
  const state = await context.state()
  const { config, secrets } = environment
  const { values, whyNot } = await secrets.read()
  const result = await runCheck({
    ...check,
    variables: { ...variablesOf(context, environment, state, captures), secret: values },
    limits: { timeoutMs },
    allowPrivateNetwork: config.allowPrivateNetwork,
    allowCommands: env().COMMAND_CHECKS === "on",
    repository: config.repository,
    commit: state.commit ?? state.ref,
    workDirectory: join(env().WORK_DIR, "checks"),
    checkoutCache: join(env().WORK_DIR, "checkouts"),
    signal,
    onLog: log,
    secrets: captures.size === 0 ? secrets.all() : [...secrets.all(), ...captures.values()],
    whyNoSecret: whyNot,
    measure: measureWith(environment, () => state.maintenance.on),
  })
  for (const [name, value] of Object.entries(result.captures ?? {})) captures.set(name, value)
  return result
}

function variablesOf(
  { run }: RunContext,
  { config, target }: RunEnvironment,
  state: ReleaseState,
  captures: Captures,
): Record<string, unknown> {
  const { id, name, version, ref, commit } = state
  // A rollback is verified against the version that it brings back.
  const deployed = run.kind === "rollback" && target ? target : { version, ref, commit }
  return {
    env: {
      key: state.environment.key,
      name: state.environment.name,
      baseUrl: config.baseUrl,
      repository: config.repository,
      vars: config.vars,
    },
    release: { id, name, version: deployed.version, ref: deployed.ref, commit: deployed.commit },
    run: { id: run.id },
    capture: Object.fromEntries(captures),
  }
}
