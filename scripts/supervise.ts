import { randomBytes } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { generate } from "./generate.mjs"
import { buildConsole } from "./lib/build.mjs"
import { step } from "./lib/steps.mjs"
import { ensureSecrets, rememberProcesses, takeDataFolder } from "./supervisor/data-folder"
import { migrateDatabase, startDatabase } from "./supervisor/database"
import { readSettings, type Settings } from "./supervisor/environment"
import { ManagedProcess } from "./supervisor/managed-process"
import { keepPorts, requirePort } from "./supervisor/ports"
import { programSpec } from "./supervisor/programs"
import { runOnce } from "./supervisor/run-once"
import { Shutdown } from "./supervisor/shutdown"
import { printWelcome } from "./supervisor/welcome"

const HEALTH_TIMEOUT_MS = 60_000
const HOST_TIMEOUT_MS = 30_000

/** Brings everything up in order and keeps it up until a signal comes. Ends the process itself. */
export async function supervise(input: { root: string; dev: boolean }): Promise<void> {
  const shutdown = new Shutdown()
  try {
    await bringUp(readSettings(input), shutdown)
  } catch (error) {
    if (!shutdown.asked) console.error(`\n${error instanceof Error ? error.message : String(error)}`)
    await shutdown.run(1)
  }
}

async function bringUp(settings: Settings, shutdown: Shutdown): Promise<void> {
  // In this order: what a killed start left behind may hold the port.
  await takeDataFolder(settings.dataDirectory)
  await requirePort(settings.host, settings.port)
  await step("Generated code", generate)
  // The build and the database do not need each other.
  const [, { env, notes }] = await shutdown.all([
    settings.dev ? Promise.resolve() : step("Build", () => buildConsole(settings.root, { signal: shutdown.signal })),
    prepare(settings, shutdown),
  ])
  const [web, worker] = [manage(settings, shutdown, "web", env, 3), manage(settings, shutdown, "worker", env, 2)]
  await step("Web and worker", async () => {
    web.start()
    worker.start()
    await healthy(settings, shutdown.signal)
  }).catch((error: unknown) => {
    web.flush()
    worker.flush()
    throw error
  })
  web.discardHeld()
  worker.discardHeld()
  await printWelcome(settings, notes, performance.now())
}

/** Everything that has state: secrets, database, sample service, seed. */
async function prepare(settings: Settings, shutdown: Shutdown): Promise<{ env: NodeJS.ProcessEnv; notes: string[] }> {
  const notes: string[] = []
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...(await ensureSecrets(settings.dataDirectory)),
    GOLIVE_DATA_DIR: settings.dataDirectory,
    NEXTAUTH_URL: settings.address,
    // People read the terminal; programs read the files in <data folder>/logs.
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
    ...(settings.demo ? { GOLIVE_SEED: "demo" } : {}),
    ...(settings.embedded ? { GOLIVE_EMBEDDED: "1" } : {}),
  }
  if (settings.embedded) {
    const { url, note } = await step("PostgreSQL", async () => {
      const database = await startDatabase(settings)
      shutdown.add(0, "postgres", { stop: () => database.server.stop(), kill: () => database.server.kill() })
      return database
    })
    env.DATABASE_URL = url
    if (note) notes.push(note)
  }
  await step("Migrations", () => migrateDatabase(settings, env.DATABASE_URL ?? ""))
  if (settings.demo) await step("Sample service", () => startSampleService(settings, shutdown, env))
  await step("Seed", () =>
    runOnce({
      what: "The seed",
      args: ["--import", "tsx", "prisma/seed/main.ts"],
      cwd: settings.root,
      env,
      signal: shutdown.signal,
    }),
  )
  return { env, notes }
}

/** The repository of the sample service and the local host that runs it. Writes their addresses into `env`. */
async function startSampleService(settings: Settings, shutdown: Shutdown, env: NodeJS.ProcessEnv): Promise<void> {
  const { createSampleRepository } = await import("../e2e/sample-service/create-repository")
  const directory = join(settings.dataDirectory, "sample-service")
  await createSampleRepository({ directory })
  const { proxyPort, tlsPort, adminPort } = await keepPorts(settings.dataDirectory)
  const hostDirectory = join(settings.dataDirectory, "local-host")
  await mkdir(hostDirectory, { recursive: true })
  Object.assign(env, {
    SAMPLE_REPOSITORY: directory,
    LOCAL_HOST_DATA_DIR: hostDirectory,
    LOCAL_HOST_PROXY_PORT: String(proxyPort),
    LOCAL_HOST_TLS_PORT: String(tlsPort),
    LOCAL_HOST_ADMIN_PORT: String(adminPort),
    LOCAL_HOST_PROXY_URL: `http://127.0.0.1:${proxyPort}`,
    LOCAL_HOST_ADMIN_URL: `http://127.0.0.1:${adminPort}`,
    LOCAL_HOST_ADMIN_TOKEN: env.LOCAL_HOST_ADMIN_TOKEN ?? randomBytes(32).toString("base64url"),
  })
  const host = manage(settings, shutdown, "host", env, 1)
  const ready = host.nextLine((line) => (line.startsWith('{"proxyPort"') ? true : null))
  host.start()
  const inTime = await Promise.race([ready, delay(HOST_TIMEOUT_MS, false, { ref: false, signal: shutdown.signal })])
  if (!inTime) host.flush()
  host.discardHeld()
  if (!inTime) throw new Error("The local host did not come up; what it said is above.")
}

function manage(
  settings: Settings,
  shutdown: Shutdown,
  name: "web" | "worker" | "host",
  env: NodeJS.ProcessEnv,
  turn: number,
): ManagedProcess {
  const managed = new ManagedProcess(programSpec(name, settings, env), () => {
    void rememberProcesses(settings.dataDirectory, shutdown.pids())
  })
  shutdown.add(turn, name, {
    stop: () => managed.stop(),
    kill: () => managed.killAtOnce(),
    pid: () => managed.pid,
  })
  return managed
}

async function healthy(settings: Settings, signal: AbortSignal): Promise<void> {
  const url = `http://${settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host}:${settings.port}/api/v1/health`
  const deadline = performance.now() + HEALTH_TIMEOUT_MS
  let last = "no answer"
  while (performance.now() < deadline && !signal.aborted) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.ok) return
    if (answer) last = `status ${answer.status}`
    await delay(150)
  }
  throw new Error(`The web process did not become healthy within ${HEALTH_TIMEOUT_MS / 1000} s (${last}).`)
}
