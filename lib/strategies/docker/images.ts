import { createHash } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { type StrategyCall, type StrategyDeployment, StrategyFailure } from "../contract"
import { LABELS, labelArguments } from "./containers"
import type { DockerConfig } from "./definition"
import type { Engine } from "./engine"

/** A tag of its own for each deployment, so that nothing that was pushed is ever pushed over. */
export function tagOf({ image }: DockerConfig, { version, deploymentId }: StrategyDeployment): string {
  const slug = version.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "")
  const short = createHash("sha256").update(deploymentId).digest("hex").slice(0, 12)
  return `${image}:${slug.slice(0, 60) || "release"}-${short}`
}

/** The id of this deployment's image on the engine; null where it has none. Labels decide, as a tag can be moved. */
export async function findImage(
  engine: Engine,
  config: DockerConfig,
  wanted: StrategyDeployment,
): Promise<string | null> {
  const filters = [
    ...["--filter", `label=${LABELS.service}=${config.container.name}`],
    ...["--filter", `label=${LABELS.deployment}=${wanted.deploymentId}`],
  ]
  const printed = await engine.must("Asking for the image", ["images", "--quiet", "--no-trunc", ...filters])
  return printed.split("\n").find((line) => line.startsWith("sha256:")) ?? null
}

/** Builds `files` and answers with the id of the image. */
export async function buildImage(
  engine: Engine,
  config: DockerConfig,
  { deployment }: StrategyCall,
  { files, commit }: { files: string; commit: string },
): Promise<string> {
  const dockerfile = join(files, config.dockerfile)
  await mustBe(dockerfile, "isFile", `The commit has no file "${config.dockerfile}"`)
  await mustBe(join(files, config.context), "isDirectory", `The commit has no folder "${config.context}"`)
  const idFile = join(engine.directory, "image-id")
  const { args, env } = engine.variables("--build-arg", config.buildArgs)
  await engine.must(
    "The build",
    [
      ...["build", "--iidfile", idFile, "--file", dockerfile, "--tag", tagOf(config, deployment)],
      ...labelArguments(config.container.name, deployment, commit),
      ...args,
      join(files, config.context),
    ],
    { env, told: true },
  )
  return (await readFile(idFile, "utf8")).trim()
}

async function mustBe(path: string, what: "isFile" | "isDirectory", otherwise: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.[what]()) throw new StrategyFailure(otherwise, false)
}

/** Pushes and answers with the digest by which the registry knows it. */
export async function pushImage(engine: Engine, config: DockerConfig, wanted: StrategyDeployment): Promise<string> {
  const tag = tagOf(config, wanted)
  const printed = await engine.must("The push", ["push", tag], { told: true })
  // The last line: `<tag>: digest: sha256:… size: …`.
  const digest = /digest: (sha256:[0-9a-f]{64})/.exec(printed)?.[1]
  if (digest) return `${config.image}@${digest}`
  throw new StrategyFailure(`The push of ${tag} ended well, but named no digest`, true)
}

/** An image that this engine has or, where images are pushed, that the registry has. */
export async function ensureImage(engine: Engine, config: DockerConfig, wanted: StrategyDeployment): Promise<string> {
  const here = await findImage(engine, config, wanted)
  if (here) return here
  if (config.push) {
    await engine.must("Pulling the image", ["pull", tagOf(config, wanted)], { told: true })
    const pulled = await findImage(engine, config, wanted)
    if (pulled) return pulled
  }
  const where = config.push ? "Neither the engine nor the registry has" : "The engine no longer has"
  throw new StrategyFailure(`${where} an image of ${wanted.version} (${wanted.deploymentId}): deploy it anew`, false)
}

/** Removes images of the service that no container uses, but for the newest ones; answers with how many. */
export async function removeOldImages(engine: Engine, config: DockerConfig): Promise<number> {
  const filter = ["--filter", `label=${LABELS.service}=${config.container.name}`]
  const format = ["--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}"]
  // Newest first. Only tags of this repository: a person may have given the image another name, to keep it.
  const printed = await engine.must("Asking for the images", ["images", ...filter, ...format])
  const rows = printed.split("\n").map((line) => line.split(" "))
  const kept = new Set<string>()
  let removed = 0
  for (const [id = "", tag = ""] of rows) {
    if (!tag.startsWith(`${config.image}:`)) continue
    if (kept.size <= config.keep) kept.add(id)
    if (kept.has(id)) continue
    // Not forced: what a container still uses stays.
    const end = await engine.run(["rmi", tag])
    if (end.exitCode === 0) removed += 1
  }
  return removed
}
