import { type StrategyCall, type StrategyDeployment, StrategyFailure } from "../contract"
import type { ComposeConfig } from "./definition"
import type { Engine } from "./engine"
import { type Project, readServices, repositoryOf, tagOf, writeAddition } from "./project"

/** The image id that each service runs in this deployment; null where the engine lacks one of them. */
export async function findImages(
  engine: Engine,
  config: ComposeConfig,
  deployment: StrategyDeployment,
): Promise<Record<string, string> | null> {
  const found: Record<string, string> = {}
  for (const service of config.services) {
    const id = await idOf(engine, tagOf(config, service, deployment))
    if (!id) return null
    found[service] = id
  }
  return found
}

export async function requireImages(engine: Engine, config: ComposeConfig, deployment: StrategyDeployment) {
  const images = await findImages(engine, config, deployment)
  if (images) return images
  const { version, deploymentId } = deployment
  throw new StrategyFailure(
    `The engine does not have all images of ${version} (${deploymentId}): deploy it anew`,
    false,
  )
}

async function idOf(engine: Engine, name: string): Promise<string | null> {
  const asked = ["image", "inspect", "--format", "{{.Id}}", name]
  const end = await engine.docker(asked)
  if (end.exitCode === 0) return end.stdout.trim()
  if (/no such image/i.test(end.stderr)) return null
  await engine.mustDocker("Asking for an image", asked)
  return null
}

/** Builds or pulls what the services run, and gives each image the tag of this deployment. */
export async function makeImages(engine: Engine, config: ComposeConfig, call: StrategyCall, project: Project) {
  const { deployment } = call
  const { args, env, commit } = project
  const services = await readServices(engine, config, project)
  const built = services.filter((service) => service.built).map(({ name }) => name)
  if (built.length > 0) {
    const addition = await writeAddition(engine, config, deployment, commit)
    await engine.mustCompose("The build", [...args, "--file", addition, "build", ...built], { env, told: true })
  }
  for (const { name, image, built: isBuilt } of services) {
    if (isBuilt) continue
    if (!image) throw new StrategyFailure(`The service "${name}" has neither an image nor a build`, false)
    if (config.pull || !(await idOf(engine, image))) {
      await engine.mustCompose(`Pulling the image of "${name}"`, [...args, "pull", name], { env, told: true })
    }
    await engine.mustDocker("Giving the image its tag", ["tag", image, tagOf(config, name, deployment)])
  }
  return requireImages(engine, config, deployment)
}

/** Removes tags of earlier deployments that no container uses, but for the newest ones. */
export async function removeOldImages(
  engine: Engine,
  config: ComposeConfig,
  named: StrategyDeployment[],
): Promise<void> {
  for (const service of config.services) {
    const keep = new Set(named.map((deployment) => tagOf(config, service, deployment)))
    const format = ["--format", "{{.Repository}}:{{.Tag}}"]
    // Newest first.
    const printed = await engine.mustDocker("Asking for the images", [
      ...["images", ...format, repositoryOf(config.project, service)],
    ])
    for (const tag of printed.split("\n").filter(Boolean)) {
      if (keep.size < config.keep + 1) keep.add(tag)
      // Not forced: what a container still uses stays.
      if (!keep.has(tag)) await engine.docker(["rmi", tag])
    }
  }
}
