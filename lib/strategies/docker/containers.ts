import { createHash } from "node:crypto"
import { z } from "zod"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { type StrategyDeployment, StrategyFailure } from "../contract"
import { lastLines } from "../parts/engine-failure"
import type { DockerConfig } from "./definition"
import type { Engine } from "./engine"

/** Labels say whose a container or an image is; they cannot be changed later, unlike names. */
export const LABELS = {
  service: "golive.service",
  deployment: "golive.deployment",
  version: "golive.version",
  commit: "golive.commit",
  /** `service` may become live; `trial` is only tried beside the live one. */
  part: "golive.part",
} as const
type Part = "service" | "trial"

const LOG_LINES = 20

const inspectedSchema = z.array(
  z.object({
    Id: z.string(),
    Name: z.string(),
    Image: z.string(),
    RestartCount: z.number().default(0),
    State: z.object({
      Status: z.string(),
      Running: z.boolean(),
      Paused: z.boolean().default(false),
      ExitCode: z.number(),
      StartedAt: z.string(),
      Health: z.object({ Status: z.string() }).nullish(),
    }),
    Config: z.object({ Labels: z.record(z.string(), z.string()).nullable() }),
    NetworkSettings: z.object({
      Ports: z
        .record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable())
        .nullable(),
    }),
  }),
)

export interface Container {
  id: string
  name: string
  imageId: string
  running: boolean
  paused: boolean
  status: string
  exitCode: number
  /** Of the image's own HEALTHCHECK; null where it has none. */
  health: string | null
  restarts: number
  startedAtMs: number
  service: string | null
  part: string | null
  /** Null: not made by this console. */
  deployed: DeployedVersion | null
  /** By port and protocol of the container (`8080/tcp`). */
  published: Record<string, { address: string; port: number } | undefined>
}

export function labelArguments(service: string, deployment: StrategyDeployment, commit: string | null): string[] {
  const { deploymentId, version } = deployment
  const values = [
    [LABELS.service, service],
    [LABELS.deployment, deploymentId],
    [LABELS.version, version],
    [LABELS.commit, commit ?? ""],
  ]
  return values.flatMap(([name, value]) => ["--label", `${name}=${value}`])
}

/** The same name for the same deployment: two workers at once meet at the engine, which gives a name only once. */
export function besideName(service: string, use: "trial" | "next" | "was", deploymentId: string): string {
  const short = createHash("sha256").update(deploymentId).digest("hex").slice(0, 10)
  return `${service}-${use}-${short}`
}

export const isOurs = (container: Container, service: string) =>
  container.service === service && container.part === "service" && container.deployed !== null

/** All containers of the service, running or not, newest start first. */
export async function listContainers(engine: Engine, service: string): Promise<Container[]> {
  const filter = ["--filter", `label=${LABELS.service}=${service}`]
  const ids = await engine.must("Asking for the containers", ["ps", "--all", "--quiet", "--no-trunc", ...filter])
  const found = await inspectAll(engine, ids.split("\n").filter(Boolean))
  return found.sort((a, b) => b.startedAtMs - a.startedAtMs)
}

/** Null: the engine has no container of that name or id. */
export async function findContainer(engine: Engine, name: string): Promise<Container | null> {
  const found = await inspectAll(engine, [name])
  return found.find((container) => container.name === name || container.id === name) ?? null
}

async function inspectAll(engine: Engine, names: string[]): Promise<Container[]> {
  if (names.length === 0) return []
  const end = await engine.run(["container", "inspect", ...names])
  // One that was removed meanwhile is named on the other stream; the rest is printed all the same.
  if (end.exitCode !== 0 && !/no such container/i.test(end.stderr)) {
    await engine.must("Asking for a container", ["container", "inspect", ...names])
  }
  return parse(end.stdout)
}

function parse(stdout: string): Container[] {
  const { data } = inspectedSchema.safeParse(readJson(stdout))
  if (!data) throw new StrategyFailure("The Docker engine described a container in a way that is not understood", false)
  return data.map(({ Id, Name, Image, RestartCount, State, Config, NetworkSettings }) => {
    const labels = Config.Labels ?? {}
    const deploymentId = labels[LABELS.deployment]
    const version = labels[LABELS.version]
    return {
      id: Id,
      name: Name.replace(/^\//, ""),
      imageId: Image,
      // A paused container holds its place and answers nobody; it is not stopped, either.
      running: State.Running,
      paused: State.Paused,
      status: State.Status,
      exitCode: State.ExitCode,
      health: State.Health && State.Health.Status !== "none" ? State.Health.Status : null,
      restarts: RestartCount,
      startedAtMs: Date.parse(State.StartedAt),
      service: labels[LABELS.service] ?? null,
      part: labels[LABELS.part] ?? null,
      deployed: deploymentId && version ? { deploymentId, version, commit: labels[LABELS.commit] || null } : null,
      published: Object.fromEntries(
        Object.entries(NetworkSettings.Ports ?? {}).map(([key, bindings]) => {
          const first = bindings?.[0]
          return [key, first && { address: first.HostIp, port: Number(first.HostPort) }]
        }),
      ),
    }
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

interface Wanted {
  name: string
  part: Part
  imageId: string
  deployment: StrategyDeployment
  commit: string | null
}

/** Makes a container without starting it. A trial publishes its ports at free ones of the same address. */
export async function createContainer(engine: Engine, { container }: DockerConfig, wanted: Wanted): Promise<string> {
  const trial = wanted.part === "trial"
  const { args, env } = engine.variables("--env", container.env)
  const ports = container.ports.flatMap(({ host, container: inside, address }) => {
    const at = address?.includes(":") ? `[${address}]` : address
    const published = trial ? "" : String(host)
    return ["--publish", at ? `${at}:${published}:${inside}` : trial ? String(inside) : `${published}:${inside}`]
  })
  const printed = await engine.must(
    "Making the container",
    [
      ...[
        "create",
        "--pull",
        "never",
        "--name",
        wanted.name,
        ...labelArguments(container.name, wanted.deployment, wanted.commit),
      ],
      ...["--label", `${LABELS.part}=${wanted.part}`],
      // What was stopped on purpose stays stopped when the machine starts again.
      ...["--restart", trial ? "no" : "unless-stopped"],
      ...(container.network ? ["--network", container.network] : []),
      ...ports,
      ...args,
      wanted.imageId,
      ...(container.command ?? []),
    ],
    { env },
  )
  const id = printed.trim().split("\n").at(-1) ?? ""
  if (/^[0-9a-f]{64}$/.test(id)) return id
  throw new StrategyFailure(`The Docker engine made a container and printed "${id.slice(0, 100)}" as its name`, false)
}

export async function stopContainer(engine: Engine, id: string, stopTimeoutMs: number): Promise<void> {
  await engine.must("Stopping the container", ["stop", "-t", String(Math.ceil(stopTimeoutMs / 1_000)), id])
}

/** Its files go with it; one that is gone already is fine. */
export async function removeContainer(engine: Engine, id: string): Promise<void> {
  const end = await engine.run(["rm", "--force", "--volumes", id])
  if (end.exitCode !== 0 && !/no such container|already in progress/i.test(end.stderr)) {
    throw new StrategyFailure(`The container ${id.slice(0, 12)} could not be removed: ${lastLines(end.stderr)}`, true)
  }
}

/** What the container said last, for a person who asks why it does not run. */
export async function lastWords(engine: Engine, id: string): Promise<string[]> {
  const end = await engine.run(["logs", "--tail", String(LOG_LINES), id])
  return `${end.stdout}\n${end.stderr}`.split("\n").filter((line) => line.trim())
}
