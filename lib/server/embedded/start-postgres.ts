import { spawn } from "node:child_process"
import { mkdir, open, readFile, rm } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { findBinaries } from "./binaries"
import { findFreePort } from "./free-port"
import { initialiseDataDirectory, ROLE } from "./initialise"
import { type OsUser, unprivilegedUser } from "./os-user"
import { isAlive, readPostmaster } from "./postmaster-pid"

export type EmbeddedPostgres = {
  dataDirectory: string
  port: number
  pid: number
  /** False: a server ran on this folder already and was taken over. */
  started: boolean
  /** A connection string for a database of this server. */
  url(database: string): string
  /** Ends open transactions and shuts down; after the deadline the server is ended at once and recovers at its next start. */
  stop(deadlineMs?: number): Promise<void>
  /** Ends the server without waiting for anything; it recovers at its next start. */
  kill(): void
}

const START_TIMEOUT_MS = 30_000
const POLL_MS = 15
const EXIT_GRACE_MS = 2_000

/**
 * Starts the real PostgreSQL that comes with the npm package on `dataDirectory`, listening on 127.0.0.1 only.
 * `durable: false` is for tests: no password and no fsync. A server that already runs on the folder is taken over.
 * `settings` come on top of the house's own. Its log is `<dataDirectory>.log`.
 */
export async function startPostgres(input: {
  dataDirectory: string
  port?: number
  durable: boolean
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(input.dataDirectory)
  const user = await unprivilegedUser()
  const binaries = await findBinaries(user)
  const running = await readPostmaster(dataDirectory)
  const password = await initialiseDataDirectory({
    initdb: binaries.initdb,
    dataDirectory,
    user,
    withPassword: input.durable,
  })
  if (running) {
    const ready = await waitUntilReady(dataDirectory, running.pid)
    return handle({ ...ready, dataDirectory, password, started: false })
  }
  await rm(join(dataDirectory, "postmaster.pid"), { force: true })
  const port = input.port ?? (await findFreePort())
  const { durable, settings } = input
  const pid = await launch({ postgres: binaries.postgres, dataDirectory, port, durable, settings, user })
  const ready = await waitUntilReady(dataDirectory, pid)
  return handle({ ...ready, dataDirectory, password, started: true })
}

async function launch(input: {
  postgres: string
  dataDirectory: string
  port: number
  durable: boolean
  settings?: Record<string, string>
  user: OsUser | null
}): Promise<number> {
  const own = input.durable ? durable : fast
  const settings = { ...common, ...own, ...input.settings, port: String(input.port) }
  await mkdir(dirname(input.dataDirectory), { recursive: true })
  const log = await open(`${input.dataDirectory}.log`, "w", 0o600)
  try {
    const child = spawn(
      input.postgres,
      ["-D", input.dataDirectory, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      {
        ...(input.user ? { uid: input.user.uid, gid: input.user.gid } : {}),
        cwd: input.dataDirectory,
        // A group of its own: Ctrl-C in the terminal must not take the database away before its clients have ended.
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
      },
    )
    await new Promise<void>((done, fail) => {
      child.once("spawn", done)
      child.once("error", fail)
    })
    child.unref()
    return child.pid ?? 0
  } finally {
    await log.close()
  }
}

const common = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  timezone: "UTC",
  log_timezone: "UTC",
  // No replicas here; this spares the log half of its writes.
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  jit: "off",
}
const durable = { shared_buffers: "128MB", password_encryption: "scram-sha-256" }
const fast = {
  shared_buffers: "64MB",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  checkpoint_timeout: "1h",
}

async function waitUntilReady(dataDirectory: string, pid: number): Promise<{ pid: number; port: number }> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (performance.now() < deadline) {
    const postmaster = await readPostmaster(dataDirectory)
    if (postmaster?.ready) return postmaster
    if (!isAlive(pid)) break
    await delay(POLL_MS)
  }
  const log = await readFile(`${dataDirectory}.log`, "utf8").catch(() => "")
  const last = log.trim().split("\n").slice(-5).join("\n")
  throw new Error(`PostgreSQL did not start on ${dataDirectory}. Its last words:\n${last}`)
}

function handle(server: {
  dataDirectory: string
  password: string | null
  pid: number
  port: number
  started: boolean
}): EmbeddedPostgres {
  const credentials = server.password ? `${ROLE}:${server.password}` : ROLE
  return {
    dataDirectory: server.dataDirectory,
    port: server.port,
    pid: server.pid,
    started: server.started,
    url: (database) => `postgresql://${credentials}@127.0.0.1:${server.port}/${database}`,
    kill: () => {
      if (isAlive(server.pid)) process.kill(server.pid, "SIGQUIT")
    },
    stop: (deadlineMs = 10_000) => stopPostgres(server.dataDirectory, server.pid, deadlineMs),
  }
}

async function stopPostgres(dataDirectory: string, pid: number, deadlineMs: number): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one.
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    // Looked up again each time, so that a pid that was given to another program is never signalled.
    if ((await readPostmaster(dataDirectory))?.pid !== pid) return
    process.kill(pid, signal)
    const deadline = performance.now() + deadlineMs
    while (performance.now() < deadline) {
      if (!isAlive(pid)) return
      // The file goes first, the process a moment later; one that nobody reaps stays as a zombie and is not waited for.
      if ((await readPostmaster(dataDirectory)) === null) return await untilGone(pid)
      await delay(POLL_MS)
    }
  }
}

async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + EXIT_GRACE_MS
  while (isAlive(pid) && performance.now() < deadline) await delay(POLL_MS)
}
