import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, test } from "vitest"
import { closeDatabase } from "@/lib/server/db"
import { startPostgres } from "@/lib/server/embedded/start-postgres"
import { forgetEnv } from "@/lib/server/env"
import { cloneDatabase, type DatabaseServer, startDatabaseServer } from "@/lib/testing/database/database-server"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { tryFault } from "./fault-trial"

const TRIAL_MS = 240_000
const AWAY_MS = 2_000

let world: World
let server: DatabaseServer
let directory: string

/** A PostgreSQL of this file's own: restarting the one that all tests share would be a fault for the others. */
beforeAll(async () => {
  directory = join(process.env.GOLIVE_DATA_DIR ?? "", `pg-${randomBytes(3).toString("hex")}`)
  server = await startDatabaseServer(directory)
  process.env.DATABASE_URL = await cloneDatabase(server.adminUrl, "faults")
  forgetEnv()
  world = await startWorld({ queue: "postgres" })
}, 120_000)
afterAll(async () => {
  await world?.close()
  await closeDatabase()
  await server?.stop()
})

test.each([
  ["in the checks", "deployment.found_live", "1.1.0"],
  ["in maintenance", "maintenance.turned_on", "1.0.0"],
  ["after the switch", "deployment.switched", "1.1.0"],
  ["in the watch", "verification.watch_started", "1.0.0"],
] as const)("PostgreSQL is restarted %s", { timeout: TRIAL_MS }, async (at, type, version) => {
  await tryFault(world, { fault: "PostgreSQL restarted", at, version }, async (kit) => {
    await kit.event((event) => event.type === type)
    const { port } = new URL(server.adminUrl)
    await server.postgres.stop()
    await delay(AWAY_MS)
    const postgres = await startPostgres({
      ...{ dataDirectory: join(directory, "postgres"), durable: false, port: Number(port) },
    })
    server = { ...server, postgres, stop: () => postgres.stop() }
  })
})
