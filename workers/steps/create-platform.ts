import { join } from "node:path"
import type { PlatformRequest } from "@/lib/contracts/outside-ports"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { FlagProvider } from "@/lib/flags/contract"
import { flagProviders } from "@/lib/flags/providers.gen"
import type { MaintenanceProvider } from "@/lib/maintenance/contract"
import { maintenanceProviders } from "@/lib/maintenance/providers.gen"
import { env } from "@/lib/server/env"
import { createPlatformRequest } from "@/lib/server/http/platform-request"
import { runProcess } from "@/lib/server/process/run-process"
import type { StrategyTarget } from "@/lib/strategies/contract"
import { strategyTargets } from "@/lib/strategies/targets.gen"
import { maintenanceWithSecrets } from "./maintenance-with-secrets"
import type { RunSecrets } from "./run-secrets"
import { serviceRequest } from "./service-request"
import { targetWithSecrets } from "./target-with-secrets"

/** What stands behind an environment: its platform, its maintenance switch and its addresses, with the secrets filled in. */
export interface Platform {
  request: ReturnType<typeof serviceRequest>
  platform: PlatformRequest
  createTarget(): StrategyTarget
  createMaintenance(signal: AbortSignal): MaintenanceProvider
  /** Throws where the environment has no flag of this key, or none of its kind is installed. */
  createFlag(key: string, signal: AbortSignal, log: (words: string) => void): FlagProvider
}

/** Throws where no strategy or provider of such a kind is installed. */
export function createPlatform(config: EnvironmentConfig, environmentId: string, secrets: RunSecrets): Platform {
  const { strategy, maintenance } = config
  const createTarget = pick(strategyTargets, strategy.kind, "deploy strategy")
  const createProvider = pick(maintenanceProviders, maintenance.kind, "maintenance provider")
  const request = serviceRequest(config)
  const platform = createPlatformRequest(config)
  const workDirectory = join(env().WORK_DIR, environmentId)
  const ports = {
    workDirectory,
    repository: config.repository,
    publicUrl: config.baseUrl,
    runProcess,
    request,
    platform,
  }
  return {
    request,
    platform,
    createTarget: () => targetWithSecrets(secrets, strategy.config, (filled) => createTarget(filled, ports)),
    createMaintenance: (signal) =>
      maintenanceWithSecrets(secrets, maintenance.config, (filled) =>
        createProvider(filled, {
          ...{ signal, runProcess, platform, workDirectory, publicUrl: config.baseUrl },
          request: (asked) => request(asked.url, { ...asked, signal }),
        }),
      ),
    createFlag: (key, signal, log) => {
      const flag = config.flags.find((one) => one.key === key)
      if (!flag) throw new Error(`The environment has no feature flag "${key}"`)
      const create = pick(flagProviders, flag.kind, "feature flag")
      const flagPorts = { platform, runProcess, workDirectory, signal, log }
      const provider = async () => create(await secrets.fill(flag.config), flagPorts)
      return {
        state: () => secrets.clean(async () => (await provider()).state()),
        set: (on, reason) => secrets.clean(async () => (await provider()).set(on, reason)),
      }
    },
  }
}

function pick<T>(registry: Record<string, T>, kind: string, what: string): T {
  const found = Object.hasOwn(registry, kind) ? registry[kind] : undefined
  if (!found) throw new Error(`There is no ${what} of kind "${kind}"`)
  return found
}
