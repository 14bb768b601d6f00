import { mkdtemp, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import { runProcess } from "@/lib/server/process/run-process"
import type { StrategyTrial } from "@/lib/testing/conformance/strategy-trial"
import { freePort } from "@/lib/testing/servers/free-port"
import { type ContainerVersion, makeContainerRepository } from "@/lib/testing/servers/make-container-repository"
import { type ContainerEngine, startContainerEngine } from "@/lib/testing/servers/start-container-engine"
import type { StrategyDeployment, StrategyPorts } from "../contract"
import { createTarget } from "./target"

const PROJECT = "postd-trial"
const ASIDE = "put-aside"

export interface ComposeTrial extends StrategyTrial {
  engine: ContainerEngine
  project: string
  /** Where the service that users reach is published. */
  port: number
  workDirectory: string
  ports: StrategyPorts
  config: { env: Record<string, string> } & Record<string, unknown>
  deployment(version: ContainerVersion): StrategyDeployment
}

/** A real engine, the Compose of this machine and the sample service; what breaks is the repository, the build, the container. */
export async function startTrial(): Promise<ComposeTrial> {
  const root = await mkdtemp(join(tmpdir(), "golive-trial-"))
  const engine = await startContainerEngine()
  const repository = await makeContainerRepository(root, engine.nodeImage)
  const port = await freePort()
  const env = { PUBLISHED_PORT: String(port), ANNOUNCED_VERSION: "{{deployment.version}}" }
  const config = {
    host: engine.host,
    file: "docker-compose.yml",
    project: PROJECT,
    services: ["web", "steady"],
    env,
    keep: 2,
    stopTimeoutMs: 5_000,
    buildTimeoutMs: 60_000,
    healthTimeoutMs: 10_000,
  }
  const away = `${repository.originDirectory}.away`
  let broken: StrategyEffect | null = null
  let breakages = 0
  let starts = 0
  let countedNs = BigInt(Date.now() - 1_000) * 1_000_000n

  const ofWeb = (...more: string[]) => [
    ...["--filter", `label=com.docker.compose.project=${PROJECT}`, "--filter", "label=com.docker.compose.service=web"],
    ...more,
  ]
  const web = () => engine.docker("ps", "--quiet", ...ofWeb())
  /** Gives the images of one name the other name instead. */
  const moveTags = async (from: string, to: string) => {
    for (const tag of (await engine.docker("images", "--format", "{{.Tag}}", from)).split("\n").filter(Boolean)) {
      await engine.docker("tag", `${from}:${tag}`, `${to}:${tag}`)
      await engine.docker("rmi", `${from}:${tag}`)
    }
  }
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
    const more = broken === "build" ? { BUILD_FAIL: "1" } : {}
    const target = createTarget({ ...config, env: { ...env, ...more } }, portsOf(join(root, `work-${breakages}`)))
    return {
      ...target,
      execute: async (...[effect, call]: Parameters<typeof target.execute>) => {
        // Removed between the build and the switch, as by somebody who clears up.
        if (broken === "switch" && effect === "switch") await moveTags(`golive/${PROJECT}/web`, ASIDE)
        // Only now is there something that can stop to answer.
        if (broken === "confirm" && effect === "confirm") await engine.docker("pause", await web())
        return target.execute(effect, call)
      },
    }
  }
  return {
    engine,
    project: PROJECT,
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
      if (effect !== "checkout") return
      // What was fetched is not fetched again: whoever breaks that needs a new folder.
      breakages += 1
      await rename(repository.originDirectory, away)
    },
    repair: async () => {
      if (broken === "checkout") await rename(away, repository.originDirectory)
      if (broken === "confirm") await engine.docker("unpause", await web())
      if (broken === "switch") await moveTags(ASIDE, `golive/${PROJECT}/web`)
      broken = null
    },
    switches: async () => {
      const untilNs = BigInt(Date.now()) * 1_000_000n
      const at = (ns: bigint) => `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, "0")}`
      const of = ["--filter", "type=container", "--filter", "event=start", "--format", "{{.ID}}"]
      const printed = await engine.docker("events", ...ofWeb("--since", at(countedNs), "--until", at(untilNs), ...of))
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
      await rm(root, { recursive: true, force: true })
    },
  }
}
