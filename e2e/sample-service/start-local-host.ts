import { spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))
const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 5_000

export type StartedLocalHost = {
  proxyUrl: string
  adminUrl: string
  tlsPort: number
  pid: number
  /** Asks it to end and waits until it has; its applications end with it. */
  stop(): Promise<void>
  /** Ends it at once, as a crash would. Its applications go on until the next start on the same directory. */
  kill(): Promise<void>
}

/**
 * Starts the local host as a process of its own. It ends with this process at the latest. Ports default to free ones.
 * Its log is `<dataDirectory>/host.log`.
 */
export async function startLocalHost(options: {
  dataDirectory: string
  proxyPort?: number
  adminPort?: number
  adminToken?: string
}): Promise<StartedLocalHost> {
  await mkdir(options.dataDirectory, { recursive: true })
  const logPath = join(options.dataDirectory, "host.log")
  const child = spawn(process.execPath, ["--import", "tsx", "lib/strategies/local/host/main.ts"], {
    cwd: ROOT,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOCAL_HOST_DATA_DIR: options.dataDirectory,
      LOCAL_HOST_PROXY_PORT: String(options.proxyPort ?? 0),
      LOCAL_HOST_ADMIN_PORT: String(options.adminPort ?? 0),
      LOCAL_HOST_EXIT_WITH_PARENT: "1",
      ...(options.adminToken ? { LOCAL_HOST_ADMIN_TOKEN: options.adminToken } : {}),
    },
  })
  child.stderr.pipe(createWriteStream(logPath, { flags: "a" }))
  const exited = once(child, "exit")

  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    const forced = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS)
    await exited
    clearTimeout(forced)
  }

  const firstLine = once(createInterface({ input: child.stdout }), "line").then(([line]) => String(line))
  const line = await Promise.race([firstLine, exited.then(() => null), delay(START_LIMIT_MS, null, { ref: false })])
  if (line === null || child.pid === undefined) {
    await end("SIGKILL")
    throw new Error(`The local host did not start; see ${logPath}`)
  }
  const { proxyPort, adminPort, tlsPort }: { proxyPort: number; adminPort: number; tlsPort: number } = JSON.parse(line)
  return {
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    tlsPort,
    pid: child.pid,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  }
}
