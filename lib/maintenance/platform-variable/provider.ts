import { setTimeout as delay } from "node:timers/promises"
import type { CreateProvider, MaintenanceState } from "../contract"
import { createApi, type Deployment } from "./api"
import { platformVariableConfigSchema } from "./definition"

/** In a deployment's metadata: with which value of the variable it was built. A variable alone changes nothing that runs. */
const MARK = "goliveMaintenance"

/**
 * Maintenance mode by a variable on the platform. What users get was built with the value that its deployment is marked
 * with; turning it means to set the variable, to build what is live once more, and to lead the domain there.
 */
export const createProvider: CreateProvider = (rawConfig, ports) => {
  const config = platformVariableConfigSchema.parse(rawConfig)
  const api = createApi(config, ports)
  const domain = config.domain ?? new URL(ports.publicUrl).hostname

  async function liveDeployment(): Promise<Deployment> {
    const live = await api.deployment(domain)
    if (!live) throw new Error(`${domain} leads to no deployment: there is nothing that could show a maintenance page`)
    return live
  }

  async function state(): Promise<MaintenanceState> {
    const [live, variables] = await Promise.all([liveDeployment(), api.variables()])
    const wanted = variables.get(config.variable) ?? config.offValue
    // Built by others meanwhile: then it has the variable as it stands.
    const on = (live.meta[MARK] ?? wanted) === config.onValue
    return { on, message: on ? (variables.get(config.messageVariable) ?? null) : null }
  }

  async function turn(value: string, message: string | null): Promise<MaintenanceState> {
    const variables = await api.variables()
    if (variables.get(config.variable) !== value) await api.setVariable(config.variable, value)
    if (message !== null && variables.get(config.messageVariable) !== message) {
      await api.setVariable(config.messageVariable, message)
    }
    const live = await liveDeployment()
    const isSo = live.meta[MARK] === value && (message === null || variables.get(config.messageVariable) === message)
    if (!isSo) await bringLive(await api.redeploy(live, { [MARK]: value }))
    const now = await state()
    const wanted = value === config.onValue
    if (now.on !== wanted)
      throw new Error(`The variable is set, but ${domain} still leads to what was built without it`)
    return now
  }

  async function bringLive({ id }: Deployment): Promise<void> {
    const deadlineMs = performance.now() + config.redeployTimeoutMs
    let isAsked = false
    for (;;) {
      if ((await api.deployment(domain))?.id === id) return
      const now = await api.deployment(id)
      if (!now || now.readyState === "ERROR" || now.readyState === "CANCELED") {
        throw new Error(`The deployment that takes the variable over ended as ${now?.readyState ?? "deleted"}`)
      }
      if (now.readyState === "READY" && !isAsked) {
        await api.promote(id)
        isAsked = true
      }
      if (performance.now() >= deadlineMs) {
        const where = isAsked ? "was built and promoted, and never became live" : `is still ${now.readyState}`
        throw new Error(
          `The deployment that takes the variable over ${where} after ${config.redeployTimeoutMs / 1_000} s`,
        )
      }
      await delay(config.pollMs, null, { signal: ports.signal }).catch(() => ports.signal.throwIfAborted())
    }
  }

  return {
    state,
    turnOn: (message) => turn(config.onValue, message),
    turnOff: () => turn(config.offValue, null),
  }
}
