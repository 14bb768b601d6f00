import { join } from "node:path"
import type { DeploymentTarget } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import type { CreateProvider, MaintenanceProvider } from "@/lib/maintenance/contract"
import { maintenanceProviders } from "@/lib/maintenance/providers.gen"
import type { MetricReader } from "@/lib/metrics/contract"
import { metricReaders } from "@/lib/metrics/readers.gen"
import { env } from "@/lib/server/env"
import { runProcess } from "@/lib/server/process/run-process"
import type { CreateTarget, StrategyTarget } from "@/lib/strategies/contract"
import { strategyTargets } from "@/lib/strategies/targets.gen"
import type { RunContext } from "../runtime/run-context"
import { serviceRequest } from "./service-request"

/** The environment as it was when the run was planned, and what the steps need of it. */
export interface RunEnvironment {
  config: EnvironmentConfig
  /** What this run makes live; null where it makes nothing live. */
  target: DeploymentTarget | null
  /** What a switch of this run replaces. */
  replaces: (state: ReleaseState) => DeployedVersion | null
  createTarget(): StrategyTarget
  createMaintenance(signal: AbortSignal): MaintenanceProvider
  createReader(maintenanceOn: () => boolean): MetricReader
}

export async function runEnvironment(
  context: RunContext,
  config: EnvironmentConfig,
  { target, replaces }: Pick<RunEnvironment, "target" | "replaces">,
): Promise<RunEnvironment> {
  const { environment } = await context.state()
  const request = serviceRequest(config)
  return {
    config,
    target,
    replaces,
    createTarget: () =>
      pick<CreateTarget>(
        strategyTargets,
        config.strategy.kind,
        "deploy strategy",
      )(config.strategy.config, {
        workDirectory: join(env().WORK_DIR, environment.id),
        repository: config.repository,
        publicUrl: config.baseUrl,
        runProcess,
        request,
      }),
    createMaintenance: (signal) =>
      pick<CreateProvider>(
        maintenanceProviders,
        config.maintenance.kind,
        "maintenance provider",
      )(config.maintenance.config, { request: (asked) => serviceRequest(config)(asked.url, { ...asked, signal }) }),
    createReader: (maintenanceOn) =>
      metricReaders.probe(config.probe, {
        baseUrl: config.baseUrl,
        request,
        nowMs: () => context.clock.nowMs(),
        maintenanceOn,
      }),
  }
}

function pick<T>(registry: Record<string, T>, kind: string, what: string): T {
  const found = Object.hasOwn(registry, kind) ? registry[kind] : undefined
  if (!found) throw new Error(`There is no ${what} of kind "${kind}"`)
  return found
}
