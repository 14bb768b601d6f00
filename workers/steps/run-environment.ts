import { type DeploymentTarget, runInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import type { FlagProvider } from "@/lib/flags/contract"
import type { MaintenanceProvider } from "@/lib/maintenance/contract"
import type { MetricPorts } from "@/lib/metrics/contract"
import type { StrategyTarget } from "@/lib/strategies/contract"
import { type MetricSource, metricSources } from "../metrics/metric-sources"
import type { RunContext } from "../runtime/run-context"
import { createPlatform } from "./create-platform"
import { RunSecrets } from "./run-secrets"

const SERVICE_TIMEOUT_MS = 5_000

/** The environment as it was when the run was planned, and what the steps need of it. */
export interface RunEnvironment {
  /** Placeholders for secrets are still in it: values are filled in where they are used, and stay there. */
  config: EnvironmentConfig
  secrets: RunSecrets
  /** What this run makes live; null where it makes nothing live. */
  target: DeploymentTarget | null
  /** What a switch of this run replaces. */
  replaces: (state: ReleaseState) => DeployedVersion | null
  createTarget(): StrategyTarget
  createMaintenance(signal: AbortSignal): MaintenanceProvider
  createFlag(key: string, signal: AbortSignal, log: (words: string) => void): FlagProvider
  /** The status with which the service answers a user now. Rejects where no answer came. */
  askService(signal: AbortSignal): Promise<number>
  createSources(now: Pick<MetricPorts, "maintenanceOn" | "watched">): Promise<MetricSource[]>
}

/** Throws SecretsUnavailable where a run that has changed nothing yet lacks a secret that it will need. */
export async function runEnvironment(
  context: RunContext,
  config: EnvironmentConfig,
  { target, replaces }: Pick<RunEnvironment, "target" | "replaces">,
): Promise<RunEnvironment> {
  const { environment, runs } = await context.state()
  const secrets = new RunSecrets(context, environment, config.vars)
  await secrets.read()
  if (runs[context.run.id]?.steps.every(({ status, attempt }) => status === "pending" && attempt === 0)) {
    requireSecrets(context, config, secrets)
  }
  const platform = createPlatform(config, environment.id, secrets)
  return {
    config,
    secrets,
    target,
    replaces,
    createTarget: platform.createTarget,
    createMaintenance: platform.createMaintenance,
    createFlag: platform.createFlag,
    askService: async (signal) => {
      const { status } = await platform.request(config.baseUrl, { timeoutMs: SERVICE_TIMEOUT_MS, signal })
      return status
    },
    createSources: (now) =>
      metricSources(config, secrets, {
        baseUrl: config.baseUrl,
        request: platform.request,
        platform: platform.platform,
        nowMs: () => context.clock.nowMs(),
        ...now,
      }),
  }
}

/**
 * A deployment needs them all. A rollback is for users who suffer: it waits for no secret of a check. Checks by themselves
 * change nothing, and say what they lack.
 */
function requireSecrets({ run }: RunContext, { strategy, maintenance }: EnvironmentConfig, secrets: RunSecrets): void {
  const { data: input } = runInputSchema.safeParse(run.input)
  if (input?.kind !== "deploy" && input?.kind !== "rollback") return
  const works = input.steps.map(({ work }) => work)
  const configs = [strategy.config]
  if (works.some(({ type }) => type === "maintenance")) configs.push(maintenance.config)
  secrets.require(configs, input.kind === "deploy" ? works : [])
}
