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
import {
  besideName,
  type Container,
  createContainer,
  findContainer,
  isOurs,
  listContainers,
  removeContainer,
} from "./containers"
import { dockerConfigSchema } from "./definition"
import { type Engine, withEngine } from "./engine"
import { publishedUrl, waitUntilHealthy } from "./health"
import { buildImage, ensureImage, findImage, pushImage, removeOldImages, tagOf } from "./images"
import { createSource } from "./source"
import { assertReplaces, findNamed, type Switch, takeOver, tryBeside } from "./take-over"

const ASK_TIMEOUT_MS = 30_000
const LOOK_TIMEOUT_MS = 5_000

/** Deploys through the command line of a Docker engine. Labels and names on the engine are the only state. */
export const createTarget: CreateTarget = (rawConfig, ports) => {
  const config = dockerConfigSchema.parse(rawConfig)
  const root = join(ports.workDirectory, "docker")
  const source = createSource(ports, root)
  const service = config.container.name
  const settings = { config, ports, root }

  const quietly = (signal: AbortSignal) => ({ signal, timeoutMs: ASK_TIMEOUT_MS, log: () => undefined })
  const liveOf = (named: Container | null): DeployedVersion | null => (named?.running ? named.deployed : null)

  async function checkout(call: StrategyCall): Promise<StrategyResult> {
    const commit = await source.fetchCommit(call)
    return { summary: `Commit ${commit.slice(0, 12)} is here`, facts: [{ label: "Commit", value: commit }] }
  }

  async function build(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const commit = await source.fetchCommit(call)
    const known = await findImage(engine, config, call.deployment)
    const work = (files: string) => buildImage(engine, config, call, { files, commit })
    const id = known ?? (await source.withFiles(commit, call, work))
    return {
      summary: known ? "The image was built before" : `Built ${tagOf(config, call.deployment)}`,
      facts: [
        { label: "Image", value: tagOf(config, call.deployment) },
        { label: "Image id", value: id },
        { label: "Commit", value: commit },
      ],
    }
  }

  async function push(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const digest = await pushImage(engine, config, call.deployment)
    return { summary: `Pushed ${tagOf(config, call.deployment)}`, facts: [{ label: "Digest", value: digest }] }
  }

  async function switchLive(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const named = await findNamed(engine, service)
    assertReplaces(named, call)
    // Going back is not stopped half-way by what stopped the switch: users would be left with nothing.
    const limitMs = config.healthTimeoutMs + 2 * config.container.stopTimeoutMs + ASK_TIMEOUT_MS
    const calm = { ...call, signal: new AbortController().signal, timeoutMs: limitMs }
    const done = await withEngine(settings, calm, async (restoring) => {
      const now = { engine, config, call }
      const back = { engine: restoring, config, call: calm }
      return takeOver(now, (await findPrepared(call, engine)) ?? (await prepare(now, back)), back)
    })
    const live = liveOf(done.container)
    if (!live) throw new StrategyFailure("The container took over and ended at once", true)
    await tidy(call, engine)
    const gap = done.gapMs === null ? [] : [{ label: "Gap at most", value: `${done.gapMs} ms` }]
    return {
      summary: done.changed ? `${nameVersion(live)} is live` : `${nameVersion(live)} was live already`,
      facts: [
        { label: "Before", value: nameVersion(call.previous) },
        { label: "Now", value: nameVersion(live) },
        { label: "Container", value: done.container.id.slice(0, 12) },
        { label: "Image id", value: done.container.imageId },
        ...gap,
      ],
      live,
    }
  }

  /** A container of this deployment that was tried already, or was live before. */
  async function findPrepared({ deployment }: StrategyCall, engine: Engine): Promise<Container | null> {
    const all = await listContainers(engine, service)
    return all.find((one) => isOurs(one, service) && one.deployed?.deploymentId === deployment.deploymentId) ?? null
  }

  async function prepare(now: Switch, back: Switch): Promise<Container> {
    const { call, engine } = now
    const { deployment } = call
    const imageId = await ensureImage(engine, config, deployment)
    const commit = deployment.commit ?? (await source.fetchCommit(call))
    if (config.container.ports.length > 0) {
      await tryBeside(now, { imageId, commit }, back)
      call.log(
        "info",
        "A port cannot be shared: from the stop of one container to the first answer of the next nobody is served.\n",
      )
    }
    const name = besideName(service, "next", deployment.deploymentId)
    const id = await createContainer(engine, config, { name, part: "service", imageId, deployment, commit })
    const made = await findContainer(engine, id)
    if (!made) throw new StrategyFailure("The container was made and is gone: somebody removed it", true)
    return made
  }

  /** What is older than what may be gone back to. Users have the new version already: nothing here fails the step. */
  async function tidy(call: StrategyCall, engine: Engine): Promise<void> {
    try {
      const all = await listContainers(engine, service)
      const old = all.filter(
        (one) => !one.running && one.name !== service && one.deployed?.deploymentId !== call.previous?.deploymentId,
      )
      const kept = old.filter((one) => isOurs(one, service) && one.startedAtMs > 0).slice(0, config.keep - 1)
      for (const one of old) if (!kept.includes(one)) await removeContainer(engine, one.id)
      const images = await removeOldImages(engine, config)
      if (images > 0) call.log("info", `Removed ${images} old images.\n`)
    } catch (error) {
      call.log("info", `Old containers and images were not removed: ${String(error)}\n`)
    }
  }

  async function confirm(call: StrategyCall, engine: Engine): Promise<StrategyResult> {
    const named = await findNamed(engine, service)
    const live = liveOf(named)
    if (!named || live?.deploymentId !== call.deployment.deploymentId) {
      throw new StrategyFailure(`${nameVersion(live)} is live, not ${nameVersion(call.deployment)}`, false)
    }
    const { version } = call.deployment
    await waitUntilHealthy({ engine, config, id: named.id, version, timeoutMs: call.timeoutMs, call })
    const asked = publishedUrl({ engine, config }, named)
    return {
      summary: `${nameVersion(live)} runs and is healthy`,
      facts: [
        { label: "Container", value: named.id.slice(0, 12) },
        { label: "Image id", value: named.imageId },
        ...(asked ? [{ label: "Address", value: asked }] : []),
      ],
      live,
    }
  }

  async function inspect(call: StrategyCall, engine: Engine): Promise<Inspection> {
    const named = await findNamed(engine, service)
    const live = liveOf(named)
    const words = `${nameVersion(live)} is live`
    if (!named || !live) {
      // Names and labels tell how far it came, and a switch goes on from there.
      return { answer: "untouched", live, words: "No container of this service serves; the switch goes on from there" }
    }
    if (live.deploymentId === call.deployment.deploymentId) {
      const { version } = call.deployment
      const wait = { engine, config, id: named.id, version, timeoutMs: LOOK_TIMEOUT_MS, call }
      return waitUntilHealthy(wait).then(
        () => ({ answer: "done" as const, live, words: `${words} and healthy` }),
        (error: unknown) => {
          call.signal.throwIfAborted()
          // Done again, the switch waits for it, and brings the earlier one back where it stays like this.
          return { answer: "untouched" as const, live, words: `${words} but ${String(error)}` }
        },
      )
    }
    if (live.deploymentId === call.previous?.deploymentId) return { answer: "untouched", live, words }
    return { answer: "unknown", live, words: `${words}, which this run neither found nor made` }
  }

  const effects = { build, push, switch: switchLive, confirm } as const

  return {
    live: (signal) => withEngine(settings, quietly(signal), async (engine) => liveOf(await findNamed(engine, service))),
    execute: async (effect, call) => {
      call.signal.throwIfAborted()
      if (effect === "checkout") return checkout(call)
      const carryOut = effects[effect as keyof typeof effects]
      if (!carryOut) throw unknownEffect("docker", effect)
      return withEngine(settings, call, (engine) => carryOut(call, engine))
    },
    inspect: (_effect, call) => withEngine(settings, call, (engine) => inspect(call, engine)),
    close: async () => {},
  }
}
