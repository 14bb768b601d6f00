import { z } from "zod"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { StrategyFailure } from "../contract"
import type { ComposeConfig } from "./definition"
import type { Engine } from "./engine"

export const LABELS = {
  deployment: "golive.deployment",
  version: "golive.version",
  commit: "golive.commit",
} as const
/** Compose itself writes these to every container, in both generations. */
const PROJECT = "com.docker.compose.project"
const SERVICE = "com.docker.compose.service"
const ONE_OFF = "com.docker.compose.oneoff"

const inspectedSchema = z.array(
  z.object({
    Id: z.string(),
    Name: z.string(),
    Image: z.string(),
    RestartCount: z.number().default(0),
    State: z.object({
      Running: z.boolean(),
      Paused: z.boolean().default(false),
      ExitCode: z.number(),
      StartedAt: z.string(),
      Health: z.object({ Status: z.string() }).nullish(),
    }),
    Config: z.object({ Labels: z.record(z.string(), z.string()).nullable() }),
  }),
)

export interface Container {
  id: string
  name: string
  service: string
  imageId: string
  running: boolean
  paused: boolean
  exitCode: number
  restarts: number
  startedAtMs: number
  /** Of its own health check; null where it has none. */
  health: string | null
  /** Null: not started by this console. */
  deployed: DeployedVersion | null
}

/** The containers of the services that are deployed, running or not. */
export async function listContainers(engine: Engine, { project, services }: ComposeConfig): Promise<Container[]> {
  const filters = ["--filter", `label=${PROJECT}=${project}`, "--filter", `label=${ONE_OFF}=False`]
  const printed = await engine.mustDocker("Asking for the containers", ["ps", "-a", "-q", "--no-trunc", ...filters])
  const ids = printed.split("\n").filter(Boolean)
  if (ids.length === 0) return []
  const end = await engine.docker(["container", "inspect", ...ids])
  // One that was removed meanwhile is named on the other stream; the rest is printed all the same.
  if (end.exitCode !== 0 && !/no such container/i.test(end.stderr)) {
    await engine.mustDocker("Asking for the containers", ["container", "inspect", ...ids])
  }
  return parse(end.stdout).filter(({ service }) => services.includes(service))
}

function parse(stdout: string): Container[] {
  const { data } = inspectedSchema.safeParse(JSON.parse(stdout || "[]"))
  if (!data) throw new StrategyFailure("The Docker engine described a container in a way that is not understood", false)
  return data.map(({ Id, Name, Image, RestartCount, State, Config }) => {
    const labels = Config.Labels ?? {}
    const deploymentId = labels[LABELS.deployment]
    const version = labels[LABELS.version]
    return {
      id: Id,
      name: Name.replace(/^\//, ""),
      service: labels[SERVICE] ?? "",
      imageId: Image,
      running: State.Running,
      paused: State.Paused,
      exitCode: State.ExitCode,
      restarts: RestartCount,
      startedAtMs: Date.parse(State.StartedAt),
      health: State.Health && State.Health.Status !== "none" ? State.Health.Status : null,
      deployed: deploymentId && version ? { deploymentId, version, commit: labels[LABELS.commit] || null } : null,
    }
  })
}

/** The deployment of the first service's running container: that is the one that users reach. */
export function liveOf(containers: Container[], { services }: ComposeConfig): DeployedVersion | null {
  const serving = containers.filter(({ service, running }) => service === services[0] && running)
  return serving.find(({ deployed }) => deployed)?.deployed ?? null
}

/** Refuses to touch what somebody started by hand, unless the settings allow it. */
export function assertOurs(containers: Container[], { adopt, project }: ComposeConfig): void {
  const foreign = containers.find(({ deployed }) => !deployed)
  if (!foreign || adopt) return
  const words = `The container ${foreign.name} of the project "${project}" was not started by this console`
  throw new StrategyFailure(`${words}: it is left alone. Remove it, or allow it to be adopted`, false)
}
