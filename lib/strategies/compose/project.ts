import { createHash } from "node:crypto"
import { stat, writeFile } from "node:fs/promises"
import { dirname, isAbsolute, join } from "node:path"
import { parse } from "yaml"
import { z } from "zod"
import { type StrategyCall, type StrategyDeployment, StrategyFailure } from "../contract"
import { LABELS } from "./containers"
import type { ComposeConfig } from "./definition"
import type { Engine } from "./engine"
import { fillIn } from "./fill-in"
import type { Source } from "./source"

const projectSchema = z.object({
  services: z.record(z.string(), z.object({ image: z.string().optional(), build: z.unknown().optional() })),
})

/** The Compose file of a deployment, and how Compose is asked about it. */
export interface Project {
  commit: string | null
  /** Arguments that come before Compose's command. */
  args: string[]
  env: Record<string, string>
}

/** A file on the machine has no commit of its own: then the deployment's is only a label. */
export async function openProject(config: ComposeConfig, source: Source, call: StrategyCall): Promise<Project> {
  if (isAbsolute(config.file)) {
    await mustBeFile(config.file, `There is no file ${config.file} on the worker's machine`)
    return { commit: call.deployment.commit, args: argumentsOf(config, config.file), env: fillIn(config.env, call) }
  }
  const { commit, directory } = await source.folderOf(call)
  const path = join(directory, config.file)
  await mustBeFile(path, `The commit has no file "${config.file}"`)
  return {
    commit,
    args: argumentsOf(config, path),
    env: fillIn(config.env, { ...call, deployment: { ...call.deployment, commit } }),
  }
}

async function mustBeFile(path: string, otherwise: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new StrategyFailure(otherwise, false)
}

function argumentsOf({ project }: ComposeConfig, file: string): string[] {
  return ["--project-name", project, "--project-directory", dirname(file), "--file", file]
}

/** What the file says of the services that are deployed, after its variables are filled in. */
export async function readServices(engine: Engine, config: ComposeConfig, { args, env }: Project) {
  const printed = await engine.mustCompose("Reading the Compose file", [...args, "config"], { env })
  const { data } = projectSchema.safeParse(parse(printed))
  if (!data) throw new StrategyFailure("Compose described its file in a way that is not understood", false)
  return config.services.map((name) => {
    const service = data.services[name]
    if (!service) throw new StrategyFailure(`The Compose file has no service "${name}"`, false)
    return { name, image: service.image ?? null, built: service.build !== undefined && service.build !== null }
  })
}

/** A tag of its own for each service of each deployment: what it names is brought back, whatever happened to the others. */
export function tagOf(
  { project }: ComposeConfig,
  service: string,
  { version, deploymentId }: StrategyDeployment,
): string {
  const slug = version.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "")
  const short = createHash("sha256").update(deploymentId).digest("hex").slice(0, 12)
  return `${repositoryOf(project, service)}:${slug.slice(0, 60) || "release"}-${short}`
}

/** Small letters and single separators are all that the name of an image may hold. */
export function repositoryOf(project: string, service: string): string {
  const clean = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
  return `golive/${clean(project)}/${clean(service)}`
}

/**
 * Writes what this deployment adds to the file: the images by their tags, and labels that say whose the containers are.
 * JSON is YAML, so that no value can be read as anything else; a dollar sign would be taken for a variable.
 */
export async function writeAddition(
  engine: Engine,
  config: ComposeConfig,
  deployment: StrategyDeployment,
  commit: string | null,
): Promise<string> {
  const labels = {
    [LABELS.deployment]: deployment.deploymentId,
    [LABELS.version]: deployment.version,
    [LABELS.commit]: commit ?? "",
  }
  const plain = (text: string) => text.replaceAll("$", "$$$$")
  const service = (name: string) => ({
    image: tagOf(config, name, deployment),
    // The tag is of this engine alone, whatever the file says about pulling.
    pull_policy: "never",
    labels: Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, plain(value)])),
  })
  const services = Object.fromEntries(config.services.map((name) => [name, service(name)]))
  const path = join(engine.directory, "addition.yml")
  await writeFile(path, JSON.stringify({ services }))
  return path
}
