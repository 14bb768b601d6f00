import { mkdtemp, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { runProcess } from "@/lib/server/process/run-process"
import type { StrategyTrial } from "@/lib/testing/conformance/strategy-trial"
import { freePort } from "@/lib/testing/servers/free-port"
import { type ContainerVersion, makeContainerRepository } from "@/lib/testing/servers/make-container-repository"
import { type ContainerEngine, startContainerEngine } from "@/lib/testing/servers/start-container-engine"
import { type ImageRegistry, startImageRegistry } from "@/lib/testing/servers/start-image-registry"
import type { StrategyDeployment, StrategyPorts } from "../contract"
import { createTarget } from "./target"

export const SERVICE = "postd"
const NETWORK = "golive-trial"

export interface DockerTrial extends StrategyTrial {
  engine: ContainerEngine
  registry: ImageRegistry
  /** Where the service is published. */
  port: number
  workDirectory: string
  ports: StrategyPorts
  config: { container: Record<string, unknown> } & Record<string, unknown>
  deployment(version: ContainerVersion): StrategyDeployment
}

/** A real engine and the sample service in real containers; what breaks is the repository, the build, the registry, the container. */
export async function startTrial(): Promise<DockerTrial> {
  const root = await mkdtemp(join(tmpdir(), "golive-trial-"))
  const engine = await startContainerEngine()
  const registry = await startImageRegistry()
  await engine.docker("network", "create", NETWORK)
  const repository = await makeContainerRepository(root, engine.nodeImage)
  const port = await freePort()
  const container = {
    name: SERVICE,
    ports: [{ host: port, container: 8080, address: "127.0.0.1" }],
    network: NETWORK,
    health: { path: "/health" },
    stopTimeoutMs: 5_000,
  }
  const config = {
    host: engine.host,
    image: `${registry.address}/team/${SERVICE}`,
    registry: { username: registry.username, password: registry.password },
    push: true,
    container,
    keep: 2,
    buildTimeoutMs: 60_000,
    healthTimeoutMs: 5_000,
  }
  const away = `${repository.originDirectory}.away`
  let broken: StrategyEffect | null = null
  let breakages = 0
  let starts = 0
  let countedNs = BigInt(Date.now() - 1_000) * 1_000_000n

  const portsOf = (workDirectory: string): StrategyPorts => ({
    workDirectory,
    repository: repository.originDirectory,
    publicUrl: `http://127.0.0.1:${port}`,
    runProcess,
    request: () => Promise.reject(new Error("nobody asks as a user here")),
    platform: () => Promise.reject(new Error("the engine has a command line of its own")),
  })
  const deployment = (version: ContainerVersion) => ({
    deploymentId: `${version}-trial`,
    version: version.slice(1),
    ref: `container-${version}`,
    commit: repository.commits[version],
  })
  const createBroken = () => {
    const how = {
      ...config,
      ...(broken === "build" ? { buildArgs: { BUILD_FAIL: "1" } } : {}),
      // The service ends at once: there is no such port.
      ...(broken === "switch" ? { container: { ...container, env: { PORT: "99999" } } } : {}),
    }
    const target = createTarget(how, portsOf(join(root, `work-${breakages}`)))
    return {
      ...target,
      execute: async (...[effect, call]: Parameters<typeof target.execute>) => {
        // Only now is there something that can stop to answer.
        if (broken === "confirm" && effect === "confirm") await engine.docker("pause", SERVICE)
        return target.execute(effect, call)
      },
    }
  }
  const repair = async () => {
    if (broken === "checkout") await rename(away, repository.originDirectory)
    if (broken === "confirm") await engine.docker("unpause", SERVICE)
    registry.refuseWrites(false)
    broken = null
  }
  return {
    engine,
    registry,
    port,
    config,
    workDirectory: join(root, "work-0"),
    ports: portsOf(join(root, "work-0")),
    deployment,
    createTarget: createBroken,
    first: deployment("v1.0.0"),
    second: deployment("v1.1.0"),
    breakAt: async (effect) => {
      broken = effect
      if (effect === "push") registry.refuseWrites(true)
      if (effect !== "checkout") return
      // What was fetched is not fetched again: whoever breaks that needs a new folder.
      breakages += 1
      await rename(repository.originDirectory, away)
    },
    repair,
    switches: async () => {
      const untilNs = BigInt(Date.now()) * 1_000_000n
      const at = (ns: bigint) => `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, "0")}`
      const labels = [`golive.service=${SERVICE}`, "golive.part=service"].flatMap((l) => ["--filter", `label=${l}`])
      const between = ["--since", at(countedNs), "--until", at(untilNs)]
      const of = ["--filter", "type=container", "--filter", "event=start", "--format", "{{.ID}}"]
      const printed = await engine.docker("events", ...between, ...of, ...labels)
      countedNs = untilNs + 1n
      starts += printed.split("\n").filter(Boolean).length
      return starts
    },
    call: (wanted, change = {}) => ({
      deployment: wanted,
      previous: null,
      signal: new AbortController().signal,
      log: () => undefined,
      timeoutMs: 60_000,
      ...change,
    }),
    close: async () => {
      await engine.stop()
      await registry.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
