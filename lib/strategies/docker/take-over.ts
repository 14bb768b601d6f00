import type { DeployedVersion } from "@/lib/domain/release/state"
import { nameVersion, type StrategyCall, StrategyFailure } from "../contract"
import {
  besideName,
  type Container,
  createContainer,
  findContainer,
  isOurs,
  listContainers,
  removeContainer,
  stopContainer,
} from "./containers"
import type { DockerConfig } from "./definition"
import type { Engine } from "./engine"
import { waitUntilHealthy } from "./health"

export interface Switch {
  engine: Engine
  config: DockerConfig
  call: StrategyCall
}

export interface Switched {
  /** From the first moment at which the replaced container may have refused somebody to the new one's first answer. Null: none was replaced. */
  gapMs: number | null
  /** False: it was live already. */
  changed: boolean
  container: Container
}

/**
 * The live container of a service: the one that bears its name. A container of somebody else under that name is never
 * touched, which is said by rejecting.
 */
export async function findNamed(engine: Engine, service: string): Promise<Container | null> {
  const named = await findContainer(engine, service)
  if (named && !isOurs(named, service)) {
    const whose = `The name "${service}" is taken by a container that this console did not make`
    throw new StrategyFailure(
      `${whose} (${named.id.slice(0, 12)}): it is left alone. Rename it, or use another name`,
      false,
    )
  }
  return named
}

/** Runs the image beside the live container until it is healthy, and removes it again, also when it is stopped half-way. */
export async function tryBeside(
  { engine, config, call }: Switch,
  image: { imageId: string; commit: string | null },
  restoring: Switch,
): Promise<void> {
  const { deployment } = call
  const service = config.container.name
  // Left by a worker that was killed in the middle of this.
  for (const left of await listContainers(engine, service)) {
    if (left.part === "trial") await removeContainer(engine, left.id)
  }
  const name = besideName(service, "trial", deployment.deploymentId)
  try {
    const id = await createContainer(engine, config, { ...image, name, part: "trial", deployment })
    await engine.must("Starting the container beside the live one", ["start", id])
    const { version } = deployment
    await waitUntilHealthy({ engine, config, id, version, timeoutMs: config.healthTimeoutMs, call })
  } finally {
    await removeContainer(restoring.engine, name)
  }
}

/**
 * Lets `next` take over name and ports of the live container. Every part of it is done only where it is not done yet, so
 * that it goes on from wherever an earlier worker was killed. Where it does not work, or is stopped half-way, the earlier
 * container serves again before this rejects.
 */
export async function takeOver(now: Switch, next: Container, restoring: Switch): Promise<Switched> {
  const { engine, config, call } = now
  const { name, ports, stopTimeoutMs } = config.container
  // Containers that are found by their name alone can run side by side; a published port belongs to one of them.
  const together = ports.length === 0
  const named = await findNamed(engine, name)
  const old = named && named.id !== next.id ? named : await findReplaced(now, next)
  const changed = named?.id !== next.id || !next.running
  const ranBefore = next.startedAtMs > 0
  const stopOld = async () => {
    if (old?.running) await stopContainer(engine, old.id, stopTimeoutMs)
  }
  const startNext = async () => {
    if (!next.running) await engine.must("Starting the container", ["start", next.id])
    const { version } = call.deployment
    return waitUntilHealthy({ engine, config, id: next.id, version, timeoutMs: config.healthTimeoutMs, call })
  }
  try {
    if (together) await startNext()
    const beganMs = performance.now()
    if (!together) await stopOld()
    if (old?.name === name) await rename(engine, old.id, besideName(name, "was", idOf(old)))
    if (next.name !== name) await rename(engine, next.id, name)
    const container = await startNextOrLook()
    const gapMs = old && changed ? Math.round(performance.now() - beganMs) : null
    if (together) await stopOld()
    return { container, changed, gapMs }
  } catch (error) {
    const restored = await restore(restoring, next, old, ranBefore)
    call.signal.throwIfAborted()
    if (!(error instanceof StrategyFailure)) throw error
    throw new StrategyFailure(`${error.message}. ${restored}`, error.transient, { cause: error })
  }

  async function startNextOrLook(): Promise<Container> {
    if (!together) return startNext()
    const found = await findContainer(engine, next.id)
    if (found) return found
    throw new StrategyFailure("The container is gone: somebody removed it", false)
  }
}

/** After a crash in between: the container that was renamed already. */
async function findReplaced({ engine, config, call }: Switch, next: Container): Promise<Container | null> {
  const { previous } = call
  if (!previous) return null
  const all = await listContainers(engine, config.container.name)
  const isReplaced = (one: Container) => isOurs(one, config.container.name) && idOf(one) === previous.deploymentId
  return all.find((one) => one.id !== next.id && isReplaced(one)) ?? null
}

/** Answers with a sentence about who serves now. */
async function restore(
  { engine, config, call }: Switch,
  next: Container,
  old: Container | null,
  keep: boolean,
): Promise<string> {
  const { name, stopTimeoutMs } = config.container
  const of = nameVersion(old?.deployed ?? null)
  try {
    const now = await findContainer(engine, next.id)
    if (now?.running) await stopContainer(engine, next.id, stopTimeoutMs)
    if (now && !keep) await removeContainer(engine, next.id)
    else if (now?.name === name) await rename(engine, next.id, besideName(name, "was", idOf(next)))
    if (!old) return "There was no container before it"
    const before = await findContainer(engine, old.id)
    if (before && before.name !== name) await rename(engine, old.id, name)
    if (!before?.running) await engine.must("Starting the earlier container", ["start", old.id])
    const version = old.deployed?.version ?? ""
    await waitUntilHealthy({ engine, config, id: old.id, version, timeoutMs: config.healthTimeoutMs, call })
    return `${of} serves again`
  } catch (error) {
    const words = `${of} does not serve again: ${error instanceof Error ? error.message : String(error)}`
    call.log("info", `${words}\n`)
    return words
  }
}

async function rename(engine: Engine, id: string, name: string): Promise<void> {
  await engine.must("Giving the container its name", ["rename", id, name])
}

/** Refuses where something else is live than what this run found: a switch replaces that and nothing else. */
export function assertReplaces(named: Container | null, { deployment, previous }: StrategyCall): void {
  if (!named?.running) return
  const now = idOf(named)
  if (now === deployment.deploymentId || now === previous?.deploymentId) return
  throw new StrategyFailure(
    `Expected ${nameVersion(previous)} to be live, but ${nameVersion(named.deployed)} is`,
    false,
  )
}

const idOf = ({ deployed }: { deployed: DeployedVersion | null }) => deployed?.deploymentId ?? ""
