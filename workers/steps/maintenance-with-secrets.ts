import type { MaintenanceProvider } from "@/lib/maintenance/contract"
import type { RunSecrets } from "./run-secrets"

/** A maintenance provider whose settings hold the secrets of the moment of each call, and whose answers hold none. */
export function maintenanceWithSecrets(
  secrets: RunSecrets,
  config: Record<string, unknown>,
  create: (config: Record<string, unknown>) => MaintenanceProvider,
): MaintenanceProvider {
  const provider = async () => create(await secrets.fill(config))
  return {
    turnOn: (message) => secrets.clean(async () => (await provider()).turnOn(message)),
    turnOff: () => secrets.clean(async () => (await provider()).turnOff()),
    state: () => secrets.clean(async () => (await provider()).state()),
  }
}
