import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ProcessEnd, StrategyCall, StrategyPorts } from "../contract"
import { withEngineSettings } from "../parts/engine-settings"
import type { DockerConfig } from "./definition"
import { failureOf } from "./failure-words"

/** What the command line itself reads; a value of such a name cannot be handed over in its environment. */
const READ_BY_THE_PROGRAM = /^(PATH|HOME|LANG|TZ|TMPDIR|SSH_.*|DOCKER_.*|BUILDKIT_.*|BUILDX_.*|LD_.*|GO.*|\w+_PROXY)$/i

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
 * takes.
 */
export async function withEngine<T>(
  { config, ports, root }: { config: DockerConfig; ports: StrategyPorts; root: string },
  call: Pick<StrategyCall, "signal" | "log" | "timeoutMs">,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const registry = config.registry && { server: registryOf(config.image), ...config.registry }
  return withEngineSettings(root, { ...config, registry }, async (directory, settings) => {
    const env = { ...settings, ...(await writeCertificates(directory, config)) }
    const run = (args: string[], options: RunOptions = {}) =>
      ports.runProcess({
        argv: ["docker", ...args],
        cwd: directory,
        env: { ...options.env, ...env },
        timeoutMs: call.timeoutMs,
        signal: call.signal,
        log: options.told ? call.log : () => undefined,
      })
    return work({
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
  })
}

/** Under the names by which the command line looks for them. */
async function writeCertificates(directory: string, { tls }: DockerConfig): Promise<Record<string, string>> {
  if (!tls) return {}
  await writeFile(join(directory, "ca.pem"), tls.caPem, { mode: 0o600 })
  await writeFile(join(directory, "cert.pem"), tls.certPem, { mode: 0o600 })
  await writeFile(join(directory, "key.pem"), tls.keyPem, { mode: 0o600 })
  return { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: directory }
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
