import { join } from "node:path"
import type { DeployedVersion } from "@/lib/domain/release/state"
import {
  type CreateTarget,
  type Inspection,
  nameVersion,
  type StrategyCall,
  StrategyFailure,
  type StrategyResult,
  unknownEffect,
} from "../contract"
import { localConfigSchema } from "./definition"
import { waitUntilHealthy, waitUntilPublic } from "./health"
import { createLocalHostClient, LocalHostError } from "./host/client"
import type { Instance } from "./host/contract"
import { createSource } from "./source"

/** Deploys through the admin API of a local host. Every effect may be repeated. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = localConfigSchema.parse(rawConfig)
  const host = createLocalHostClient({ adminUrl: config.adminUrl, token: config.adminToken })
  const source = createSource(ports, config.directory ?? join(ports.workDirectory, "local"))

  async function live(signal: AbortSignal): Promise<DeployedVersion | null> {
    const { live: now } = await asked(host.state({ signal }))
    return now && { deploymentId: now.deploymentId, version: now.version, commit: now.commit }
  }

  async function checkout(call: StrategyCall): Promise<StrategyResult> {
    const commit = await source.fetchCommit(call)
    return { summary: `Commit ${commit.slice(0, 12)} is here`, facts: [{ label: "Commit", value: commit }] }
  }

  async function build(call: StrategyCall): Promise<StrategyResult> {
    const commit = await source.fetchCommit(call)
    const { directory, again } = await source.build(commit, call, { argv: config.build, env: config.buildEnv })
    return {
      summary: again ? `Built ${call.deployment.version}` : `${commit.slice(0, 12)} was built here before`,
      facts: [
        { label: "Command", value: config.build.join(" ") },
        { label: "Folder", value: directory },
      ],
    }
  }

  async function start(call: StrategyCall): Promise<StrategyResult> {
    const commit = await source.fetchCommit(call)
    // A no-op where the build was made; on another machine than the build's it is made again.
    const { directory } = await source.build(commit, call, { argv: config.build, env: config.buildEnv })
    return launch(call, directory, commit)
  }

  async function launch(call: StrategyCall, directory: string, commit: string | null): Promise<StrategyResult> {
    const { deploymentId, version } = call.deployment
    const { signal } = call
    const spec = { directory, command: config.start, version, commit, env: config.env }
    const { started } = await asked(host.start(deploymentId, spec, { signal }))
    const instance = await asked(host.waitUntilRunning(deploymentId, { timeoutMs: call.timeoutMs, signal }))
    return {
      summary: `${deploymentId} ${started ? "listens" : "listened already"} on port ${instance.port}`,
      facts: [
        { label: "Deployment", value: deploymentId },
        { label: "Process", value: String(instance.pid) },
        { label: "Port", value: String(instance.port) },
      ],
    }
  }

  async function ensureRunning(call: StrategyCall): Promise<StrategyResult> {
    const known = await findInstance(call)
    if (known) return launch(call, known.directory, known.commit)
    call.log("info", `The host no longer knows ${call.deployment.deploymentId}: it is built and started again.`)
    return start(call)
  }

  async function findInstance(call: StrategyCall): Promise<Instance | null> {
    const { instances } = await asked(host.state({ signal: call.signal }))
    return instances.find((instance) => instance.deploymentId === call.deployment.deploymentId) ?? null
  }

  async function health(call: StrategyCall): Promise<StrategyResult> {
    const { deploymentId, version } = call.deployment
    const instance = await asked(host.instance(deploymentId, { signal: call.signal }))
    if (instance.port === null) throw new StrategyFailure(`${deploymentId} does not run: ${exitWords(instance)}`, false)
    // On its own port, past the proxy: users still get the other version.
    const url = `http://127.0.0.1:${instance.port}${config.healthPath}`
    await waitUntilHealthy({ url, version, timeoutMs: call.timeoutMs, signal: call.signal })
    return {
      summary: `${deploymentId} answers as ${version}`,
      facts: [{ label: "Asked", value: url }],
    }
  }

  async function switchLive(call: StrategyCall): Promise<StrategyResult> {
    const { deployment, previous, signal } = call
    const wanted = { deploymentId: deployment.deploymentId, expect: previous?.deploymentId ?? null }
    const { switched } = await asked(host.setLive(wanted, { signal }))
    const now = await live(signal)
    if (now?.deploymentId !== deployment.deploymentId) {
      throw new StrategyFailure(`The switch was accepted, but ${nameVersion(now)} is live`, true)
    }
    return {
      summary: switched ? `${nameVersion(now)} is live` : `${nameVersion(now)} was live already`,
      facts: [
        { label: "Before", value: nameVersion(previous) },
        { label: "Now", value: nameVersion(now) },
      ],
      live: now,
    }
  }

  async function confirm(call: StrategyCall): Promise<StrategyResult> {
    const now = await live(call.signal)
    if (now?.deploymentId !== call.deployment.deploymentId) {
      throw new StrategyFailure(`${nameVersion(now)} is live, not ${nameVersion(call.deployment)}`, false)
    }
    const url = new URL(config.healthPath, ports.publicUrl).href
    const { version } = call.deployment
    await waitUntilPublic({ url, version, timeoutMs: call.timeoutMs, signal: call.signal, request: ports.request })
    return {
      summary: `Users get ${version}`,
      facts: [
        { label: "The host says", value: nameVersion(now) },
        { label: "Asked as a user", value: url },
      ],
      live: now,
    }
  }

  const effects = {
    checkout,
    build,
    start,
    health,
    switch: switchLive,
    ensure_running: ensureRunning,
    confirm,
  } as const

  return {
    live,
    execute: async (effect, call) => {
      const carryOut = effects[effect as keyof typeof effects]
      if (!carryOut) throw unknownEffect("local", effect)
      return carryOut(call)
    },
    inspect: async (_effect, call): Promise<Inspection> => {
      const now = await live(call.signal)
      const id = now?.deploymentId ?? null
      const words = `${nameVersion(now)} is live`
      if (id === call.deployment.deploymentId) return { answer: "done", live: now, words }
      // The host switches in one step and only from what was expected, so that asking again is safe.
      if (id === (call.previous?.deploymentId ?? null)) return { answer: "untouched", live: now, words }
      return { answer: "unknown", live: now, words: `${words}, which this run neither found nor made` }
    },
    close: async () => {},
  }
}

/** Failures of the host as failures of the step; those that may pass by themselves are tried again. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof LocalHostError)) throw error
    const transient = error.code === "unreachable" || error.code === "internal" || error.code === "protocol"
    throw new StrategyFailure(error.message, transient, { cause: error })
  }
}

function exitWords(instance: Instance): string {
  return instance.exit?.reason ?? instance.status
}
