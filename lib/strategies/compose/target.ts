import { isAbsolute, join } from "node:path"
import type { DeployedVersion } from "@/lib/domain/release/state"
import {
  type CreateTarget,
  type Inspection,
  nameVersion,
  type StrategyCall,
  type StrategyDeployment,
  StrategyFailure,
  type StrategyResult,
  unknownEffect,
} from "../contract"
import { assertOurs, listContainers, liveOf } from "./containers"
import { composeConfigSchema } from "./definition"
import { type Engine, withEngine } from "./engine"
import { waitUntilHealthy } from "./health"
import { findImages, makeImages, removeOldImages, requireImages } from "./images"
import { openProject, writeAddition } from "./project"
import { createSource } from "./source"

const ASK_TIMEOUT_MS = 30_000
const LOOK_TIMEOUT_MS = 5_000
const RESTORE_MS = 120_000

/** Deploys a Compose project. Labels of containers and tags of images on the engine are the only state. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = composeConfigSchema.parse(rawConfig)
  const root = join(ports.workDirectory, "compose")
  const source = createSource(ports, root)
  const settings = { config, ports, root }

  const quietly = (signal: AbortSignal) => ({ signal, timeoutMs: ASK_TIMEOUT_MS, log: () => undefined })
  const live = async (engine: Engine) => liveOf(await listContainers(engine, config), config)

  async function checkout(call: StrategyCall): Promise<StrategyResult> {
    if (isAbsolute(config.file)) {
      const { commit } = await openProject(config, source, call)
      return {
        summary: `${config.file} is here`,
        facts: [
          { label: "File", value: config.file },
          { label: "Commit", value: commit ?? "not known" },
        ],
      }
    }
    const { commit } = await openProject(config, source, call)
    return { summary: `Commit ${commit?.slice(0, 12)} is here`, facts: [{ label: "Commit", value: commit ?? "" }] }
  }

  async function build(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const known = await findImages(engine, config, call.deployment)
    const images = known ?? (await makeImages(engine, config, call, await openProject(config, source, call)))
    return { summary: known ? "The images were there before" : "The images are there", facts: factsOf(images) }
  }

  async function switchLive(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const { deployment, previous } = call
    const before = await listContainers(engine, config)
    assertOurs(before, config)
    const now = liveOf(before, config)
    if (now && now.deploymentId !== deployment.deploymentId && now.deploymentId !== previous?.deploymentId) {
      throw new StrategyFailure(`Expected ${nameVersion(previous)} to be live, but ${nameVersion(now)} is`, false)
    }
    const images = await requireImages(engine, config, deployment)
    const beganMs = performance.now()
    await bringUp(call, engine, images).catch(async (error: unknown) => {
      const restored = await restore(call)
      call.signal.throwIfAborted()
      if (!(error instanceof StrategyFailure)) throw error
      throw new StrategyFailure(`${error.message}. ${restored}`, error.transient, { cause: error })
    })
    const took = Math.round(performance.now() - beganMs)
    const made = await live(engine)
    if (made?.deploymentId !== deployment.deploymentId) {
      throw new StrategyFailure(`The containers were replaced, but ${nameVersion(made)} is live`, true)
    }
    await tidy(call, engine)
    return {
      summary: `${nameVersion(made)} is live`,
      facts: [
        { label: "Before", value: nameVersion(previous) },
        { label: "Now", value: nameVersion(made) },
        ...factsOf(images),
        // Compose stops a container before it starts the next one of the same service.
        { label: "Gap at most", value: `${took} ms` },
      ],
      live: made,
    }
  }

  /** Asked again while everything is as it should be, Compose changes nothing. */
  async function bringUp(call: StrategyCall, engine: Engine, images: Record<string, string>): Promise<void> {
    const { deployment } = call
    const { args, env, commit } = await openProject(config, source, call)
    const addition = await writeAddition(engine, config, deployment, commit)
    const stop = ["--timeout", String(Math.ceil(config.stopTimeoutMs / 1_000))]
    const up = ["--file", addition, "up", "--detach", "--no-deps", "--no-build", ...stop, ...config.services]
    await engine.mustCompose("Replacing the containers", [...args, ...up], { env, told: true })
    const { deploymentId } = deployment
    await waitUntilHealthy({ engine, config, images, deploymentId, timeoutMs: config.healthTimeoutMs, call })
  }

  /**
   * Brings the earlier images back and answers with a sentence about who serves now. What stopped the switch does not stop
   * this: users would be left with nothing.
   */
  async function restore(call: StrategyCall): Promise<string> {
    const { previous } = call
    const calm = { ...call, signal: new AbortController().signal, timeoutMs: config.healthTimeoutMs + RESTORE_MS }
    const of = nameVersion(previous)
    return withEngine(settings, calm, async (engine) => {
      if (!previous) {
        const made = await listContainers(engine, config)
        const failed = made.filter(({ deployed }) => deployed?.deploymentId === call.deployment.deploymentId)
        if (failed.length > 0) await engine.docker(["stop", ...failed.map(({ id }) => id)])
        return "There was nothing of this console's to go back to: the containers are stopped"
      }
      const back = { ...calm, deployment: asDeployment(previous), previous: null }
      await bringUp(back, engine, await requireImages(engine, config, back.deployment))
      return `${of} serves again`
    }).catch((error: unknown) => {
      const words = `${of} does not serve again: ${error instanceof Error ? error.message : String(error)}`
      call.log("info", `${words}\n`)
      return words
    })
  }

  /** Users have the new version already: nothing here fails the step. */
  async function tidy(call: StrategyCall, engine: Engine): Promise<void> {
    const { deployment, previous } = call
    try {
      await removeOldImages(engine, config, [deployment, ...(previous ? [asDeployment(previous)] : [])])
      await source.removeOld(config.keep, [deployment.commit, previous?.commit])
    } catch (error) {
      call.log("info", `Old images were not removed: ${String(error)}\n`)
    }
  }

  async function confirm(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const images = await requireImages(engine, config, call.deployment)
    const { deploymentId } = call.deployment
    await waitUntilHealthy({ engine, config, images, deploymentId, timeoutMs: call.timeoutMs, call })
    const now = await live(engine)
    if (now?.deploymentId !== deploymentId) {
      throw new StrategyFailure(`${nameVersion(now)} is live, not ${nameVersion(call.deployment)}`, false)
    }
    return { summary: `All services run ${nameVersion(now)} and are healthy`, facts: factsOf(images), live: now }
  }

  async function inspect(call: StrategyCall, engine: Engine): Promise<Inspection> {
    const now = await live(engine)
    const { deploymentId } = call.deployment
    const words = `${nameVersion(now)} is live`
    if (now?.deploymentId === deploymentId) {
      const images = await requireImages(engine, config, call.deployment)
      return waitUntilHealthy({ engine, config, images, deploymentId, timeoutMs: LOOK_TIMEOUT_MS, call }).then(
        () => ({ answer: "done" as const, live: now, words: `${words} in all services` }),
        (error: unknown) => {
          call.signal.throwIfAborted()
          const why = error instanceof Error ? error.message : String(error)
          return { answer: "untouched" as const, live: now, words: `${words}, but not in all services yet: ${why}` }
        },
      )
    }
    // Compose replaces what is not replaced yet, and nothing else: asking again is safe.
    if (!now)
      return { answer: "untouched", live: now, words: "No container of this deployment or of an earlier one serves" }
    if (now.deploymentId === call.previous?.deploymentId) return { answer: "untouched", live: now, words }
    return { answer: "unknown", live: now, words: `${words}, which this run neither found nor made` }
  }

  const effects = { build, switch: switchLive, confirm } as const

  return {
    live: (signal) => withEngine(settings, quietly(signal), live),
    execute: async (effect, call) => {
      call.signal.throwIfAborted()
      if (effect === "checkout") return checkout(call)
      const carryOut = effects[effect as keyof typeof effects]
      if (!carryOut) throw unknownEffect("compose", effect)
      return withEngine(settings, call, (engine) => carryOut(call, engine))
    },
    inspect: (_effect, call) => withEngine(settings, call, (engine) => inspect(call, engine)),
    close: async () => {},
  }
}

function asDeployment({ deploymentId, version, commit }: DeployedVersion): StrategyDeployment {
  return { deploymentId, version, ref: commit ?? version, commit }
}

function factsOf(images: Record<string, string>): StrategyResult["facts"] {
  return Object.entries(images).map(([service, id]) => ({ label: `Image of ${service}`, value: id }))
}
