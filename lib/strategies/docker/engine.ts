import { createHash, randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { join } from "node:path"
import type { ProcessEnd, StrategyCall, StrategyPorts } from "../contract"
import type { DockerConfig } from "./definition"
import { failureOf } from "./failure-words"

/** What the command line itself reads; a value of such a name cannot be handed over in its environment. */
const READ_BY_THE_PROGRAM = /^(PATH|HOME|LANG|TZ|TMPDIR|SSH_.*|DOCKER_.*|BUILDKIT_.*|BUILDX_.*|LD_.*|GO.*|\w+_PROXY)$/i
const HERE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8)

/** One use of the engine by one step. */
export interface Engine {
  /** Runs `docker` with these arguments; answers with how it ended. */
  run(args: string[], options?: RunOptions): Promise<ProcessEnd>
  /** The same, and answers with what was printed. Rejects with a `StrategyFailure` that begins with `what`. */
  must(what: string, args: string[], options?: RunOptions): Promise<string>
  /** Arguments that hand over variables by name, with the environment that holds their values. */
  variables(flag: string, values: Record<string, string>): { args: string[]; env: Record<string, string> }
  /** The host name under which published ports of the engine's machine are reached from here. */
  machine: string
  /** A folder of this use alone. */
  directory: string
}

interface RunOptions {
  env?: Record<string, string>
  /** What it prints goes to the step's log as it comes. */
  told?: boolean
}

/**
 * Lends the engine's command line with a configuration folder of its own: credentials are in it for as long as `work`
 * takes. What a killed worker of this machine left is removed.
 */
export async function withEngine<T>(
  { config, ports, root }: { config: DockerConfig; ports: StrategyPorts; root: string },
  call: Pick<StrategyCall, "signal" | "log" | "timeoutMs">,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  await mkdir(root, { recursive: true })
  await removeLeft(root)
  const directory = join(root, `run-${HERE}-${process.pid}-${randomBytes(6).toString("hex")}`)
  await mkdir(directory, { mode: 0o700 })
  try {
    const env = await configure(directory, config)
    const run = (args: string[], options: RunOptions = {}) =>
      ports.runProcess({
        argv: ["docker", ...args],
        cwd: directory,
        env: { ...options.env, ...env },
        timeoutMs: call.timeoutMs,
        signal: call.signal,
        log: options.told ? call.log : () => undefined,
      })
    return await work({
      run,
      must: async (what, args, options) => {
        const end = await run(args, options)
        if (end.exitCode !== 0) throw failureOf(what, end, call.timeoutMs)
        return end.stdout
      },
      variables: handOver,
      machine: machineOf(config.host),
      directory,
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function configure(directory: string, config: DockerConfig): Promise<Record<string, string>> {
  const env: Record<string, string> = {
    DOCKER_CONFIG: directory,
    BUILDKIT_PROGRESS: "plain",
    DOCKER_CLI_HINTS: "false",
    ...(config.host ? { DOCKER_HOST: config.host } : {}),
    ...(config.dockerContext ? { DOCKER_CONTEXT: config.dockerContext } : {}),
  }
  const settings = await readSettings(config.configDirectory)
  if (config.configDirectory) {
    for (const part of ["contexts", "cli-plugins", "buildx"]) {
      await symlink(join(config.configDirectory, part), join(directory, part))
    }
  }
  if (config.registry) {
    const { username, password } = config.registry
    const auth = Buffer.from(`${username}:${password}`).toString("base64")
    // A store of credentials would be asked instead of what is written here.
    for (const name of ["credsStore", "credHelpers"]) delete settings[name]
    settings.auths = { ...(settings.auths as object | undefined), [registryOf(config.image)]: { auth } }
  }
  await writeFile(join(directory, "config.json"), JSON.stringify(settings), { mode: 0o600 })
  if (config.tls) {
    // The names under which the command line looks for them.
    await writeFile(join(directory, "ca.pem"), config.tls.caPem, { mode: 0o600 })
    await writeFile(join(directory, "cert.pem"), config.tls.certPem, { mode: 0o600 })
    await writeFile(join(directory, "key.pem"), config.tls.keyPem, { mode: 0o600 })
    return { ...env, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: directory }
  }
  return env
}

async function readSettings(from: string | undefined): Promise<Record<string, unknown>> {
  if (!from) return {}
  const text = await readFile(join(from, "config.json"), "utf8").catch(() => "{}")
  const { currentContext: _, ...settings } = JSON.parse(text) as Record<string, unknown>
  return settings
}

/** The first part of an image's name is a registry if it looks like a host; everything else is on Docker Hub. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/")
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost")
  return isHost ? first : "https://index.docker.io/v1/"
}

function machineOf(host: string | undefined): string {
  if (!host || !/^(tcp|ssh):/.test(host)) return "127.0.0.1"
  return new URL(host.replace(/^\w+:/, "http:")).hostname
}

/** Values stay out of the list of programs that anybody on the machine can read. */
function handOver(flag: string, values: Record<string, string>) {
  const args: string[] = []
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    if (READ_BY_THE_PROGRAM.test(name)) args.push(flag, `${name}=${value}`)
    else {
      args.push(flag, name)
      env[name] = value
    }
  }
  return { args, env }
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
