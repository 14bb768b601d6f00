import { type ProcessEnd, type StrategyCall, StrategyFailure, type StrategyPorts } from "../contract"
import { withEngineSettings } from "../parts/engine-settings"
import type { ComposeConfig } from "./definition"
import { failureOf } from "./failure-words"

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
 */
export async function withEngine<T>(
  { config, ports, root }: { config: ComposeConfig; ports: StrategyPorts; root: string },
  call: Pick<StrategyCall, "signal" | "log" | "timeoutMs">,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  return withEngineSettings(root, config, async (directory, settings) => {
    const own = { ...settings, COMPOSE_ANSI: "never" }
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
    return work({
      docker: (args) => run(["docker", ...args]),
      mustDocker: async (what, args) => must(what, await run(["docker", ...args])),
      mustCompose: async (what, args, { env, told }) => {
        compose ??= findCompose(run)
        return must(what, await run([...(await compose), ...args], env, told))
      },
      directory,
    })
  })
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
