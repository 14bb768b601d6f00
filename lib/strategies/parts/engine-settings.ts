import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"

const HERE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8)

export interface EngineSettings {
  /** Where the engine is, as `DOCKER_HOST` takes it. */
  host?: string | undefined
  dockerContext?: string | undefined
  /** A configuration folder of the command line, whose settings, contexts and plugins are used. */
  configDirectory?: string | undefined
  /** Credentials, under the name that the command line has for the registry. */
  registry?: { server: string; username: string; password: string } | undefined
}

/**
 * Lends a configuration folder for the engine's command line, in `root`, with the environment that points to it:
 * credentials are in it for as long as `work` takes. What a killed worker of this machine left is removed.
 */
export async function withEngineSettings<T>(
  root: string,
  settings: EngineSettings,
  work: (directory: string, env: Record<string, string>) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true })
  await removeLeft(root)
  const directory = join(root, `run-${HERE}-${process.pid}-${randomBytes(6).toString("hex")}`)
  await mkdir(directory, { mode: 0o700 })
  try {
    await write(directory, settings)
    return await work(directory, {
      DOCKER_CONFIG: directory,
      BUILDKIT_PROGRESS: "plain",
      DOCKER_CLI_HINTS: "false",
      ...(settings.host ? { DOCKER_HOST: settings.host } : {}),
      ...(settings.dockerContext ? { DOCKER_CONTEXT: settings.dockerContext } : {}),
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function write(directory: string, { configDirectory, registry }: EngineSettings): Promise<void> {
  const text = configDirectory ? await readFile(join(configDirectory, "config.json"), "utf8").catch(() => "{}") : "{}"
  const { currentContext: _, ...settings } = JSON.parse(text) as Record<string, unknown>
  if (configDirectory) {
    for (const part of ["contexts", "cli-plugins", "buildx"]) {
      await symlink(join(configDirectory, part), join(directory, part))
    }
  }
  if (registry) {
    const auth = Buffer.from(`${registry.username}:${registry.password}`).toString("base64")
    // A store of credentials would be asked instead of what is written here.
    for (const name of ["credsStore", "credHelpers"]) delete settings[name]
    settings.auths = { ...(settings.auths as object | undefined), [registry.server]: { auth } }
  }
  await writeFile(join(directory, "config.json"), JSON.stringify(settings), { mode: 0o600 })
}

async function removeLeft(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = new RegExp(`^run-${HERE}-(\\d+)-`).exec(name)?.[1]
    if (pid && !isRunning(Number(pid))) await rm(join(root, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
