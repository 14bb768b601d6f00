import { rmSync } from "node:fs"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { startDatabaseServer } from "./database-server"
import { removeLeftovers, runDirectory } from "./leftovers"
import { startRedisServer } from "./redis-server"

declare module "vitest" {
  export interface ProvidedContext {
    databaseAdminUrl: string
    redisUrl: string
    runDirectory: string
  }
}

/** One PostgreSQL and one Redis for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  const directory = runDirectory()
  const database = await startDatabaseServer(directory)
  const redis = await startRedisServer(join(directory, "redis")).catch(async (error: unknown) => {
    await database.stop()
    throw error
  })
  // A run that is told to end at once does not come to its teardown; nothing of it may stay.
  const endAtOnce = () => {
    for (const pid of [database.postgres.pid, redis.pid]) signalIfThere(pid)
    rmSync(directory, { recursive: true, force: true })
  }
  const exitOnTerm = () => process.exit(143)
  process.once("exit", endAtOnce)
  process.once("SIGTERM", exitOnTerm)
  project.provide("databaseAdminUrl", database.adminUrl)
  project.provide("redisUrl", redis.url)
  project.provide("runDirectory", directory)
  return async () => {
    process.off("exit", endAtOnce)
    process.off("SIGTERM", exitOnTerm)
    await redis.stop()
    await database.stop()
  }
}

function signalIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGQUIT")
  } catch {
    // It is gone already, which is what was wanted.
  }
}
