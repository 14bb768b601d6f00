import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import { type ProcessEnd, type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"
import type { ComposeConfig } from "./definition"
import { failureOf } from "./failure-words"

const HERE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8)

/** One use of the engine by one step. */
export interface Engine {
  docker(args: string[]): Promise<ProcessEnd>
  /** The same, and answers with what was printed. Rejects with a `StrategyFailure` that begins with `what`. */
  mustDocker(what: string, args: string[]): Promise<string>
  /** Runs the Compose that is installed; `env` is what the Compose file may use. */
  mustCompose(what: string, args: string[], options: { env: Record<string, string>; told?: boolean }): Promise<string>
  /** A folder of this use alone. */
  directory: string
}

/**
 * Lends both command lines with a configuration folder of its own: credentials are in it for as long as `work` takes.
 * What a killed worker of this machine left is removed.
 */
export async function withEngine<T>(
  { config, ports, root }: { config: ComposeConfig; ports: StrategyPorts; root: string },
  call: Pick<StrategyCall, "signal" | "log" | "timeoutMs">,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true })
  await removeLeft(root)
  const directory = join(root, `run-${HERE}-${process.pid}-${randomBytes(6).toString("hex")}`)
  await mkdir(directory, { mode: 0o700 })
  try {
    await configure(directory, config)
    const own: Record<string, string> = {
      DOCKER_CONFIG: directory,
      BUILDKIT_PROGRESS: "plain",
      DOCKER_CLI_HINTS: "false",
      COMPOSE_ANSI: "never",
      ...(config.host ? { DOCKER_HOST: config.host } : {}),
      ...(config.dockerContext ? { DOCKER_CONTEXT: config.dockerContext } : {}),
    }
    const { signal, timeoutMs, log } = call
    const run = (argv: string[], env: Record<string, string> = {}, told = false) =>
      ports.runProcess({
        ...{ argv, cwd: directory, env: { ...env, ...own }, timeoutMs, signal },
        log: told ? log : () => undefined,
      })
    const must = (what: string, end: ProcessEnd) => {
      if (end.exitCode !== 0) throw failureOf(what, end, timeoutMs)
      return end.stdout
    }
    let compose: Promise<string[]> | null = null
    return await work({
      docker: (args) => run(["docker", ...args]),
      mustDocker: async (what, args) => must(what, await run(["docker", ...args])),
      mustCompose: async (what, args, { env, told }) => {
        compose ??= findCompose(run)
        return must(what, await run([...(await compose), ...args], env, told))
      },
      directory,
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** The plugin of the command line (v2), or the program of its own that both generations have. */
async function findCompose(run: (argv: string[]) => Promise<ProcessEnd>): Promise<string[]> {
  for (const argv of [["docker", "compose"], ["docker-compose"]]) {
    const end = await run([...argv, "version", "--short"]).catch((error: unknown) => {
      // Not there at all; what it was stopped for is no such answer.
      if (error instanceof Error && /could not be started/.test(error.message)) return null
      throw error
    })
    if (end?.exitCode === 0 && /^v?\d+\.\d+/m.test(end.stdout)) return argv
  }
  throw new StrategyFailure("Neither `docker compose` nor `docker-compose` is installed on the worker's machine", false)
}

async function configure(directory: string, { configDirectory, registry }: ComposeConfig): Promise<void> {
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
