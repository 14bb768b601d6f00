import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Settings } from "./environment"
import type { ProcessSpec } from "./managed-process"

type ProgramName = "web" | "worker" | "host"

/** How each long-running program is started, and how long it may take to end. */
export function programSpec(name: ProgramName, settings: Settings, env: NodeJS.ProcessEnv): ProcessSpec {
  const logs = join(settings.dataDirectory, "logs")
  mkdirSync(logs, { recursive: true })
  const common = { name, cwd: settings.root, logFile: join(logs, `${name}.log`) }
  const mode = settings.dev ? "development" : "production"
  switch (name) {
    case "web":
      return {
        ...common,
        args: [
          join(settings.root, "node_modules/next/dist/bin/next"),
          settings.dev ? "dev" : "start",
          "--hostname",
          settings.host,
          "--port",
          String(settings.port),
        ],
        env: { ...env, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" },
        stopDeadlineMs: 8_000,
        quiet: false,
      }
    case "worker":
      return {
        ...common,
        args: settings.dev
          ? [join(settings.root, "node_modules/tsx/dist/cli.mjs"), "watch", "--clear-screen=false", "workers/main.ts"]
          : ["--enable-source-maps", join(settings.root, "dist/programs/worker.js")],
        env: { ...env, NODE_ENV: mode },
        // A step in hand is given time to come to a safe point.
        stopDeadlineMs: 20_000,
        quiet: false,
      }
    case "host":
      return {
        ...common,
        args: ["--import", "tsx", "lib/strategies/local/host/main.ts"],
        env: { ...env, LOCAL_HOST_EXIT_WITH_PARENT: "1" },
        stopDeadlineMs: 5_000,
        quiet: true,
      }
  }
}
