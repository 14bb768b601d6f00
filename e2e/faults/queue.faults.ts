import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, test } from "vitest"
import { forgetEnv } from "@/lib/server/env"
import { type RedisServer, startRedisServer } from "@/lib/testing/database/redis-server"
import { startWorld, type World } from "@/lib/testing/world/start-world"
import { tryFault } from "./fault-trial"

const TRIAL_MS = 240_000
const AWAY_MS = 5_000

let world: World
let redis: RedisServer
let directory: string

beforeAll(async () => {
  directory = join(process.env.GOLIVE_DATA_DIR ?? "", "redis")
  redis = await startRedisServer(directory)
  process.env.TEST_REDIS_URL = redis.url
  forgetEnv()
  world = await startWorld({ queue: "redis" })
}, 120_000)
afterAll(async () => {
  await world?.close()
  await redis?.stop()
})

test.each([
  ["before anybody took the run", "run.queued"],
  ["in the deployment", "deployment.found_live"],
  ["at the switch", "deployment.switched"],
  ["in the watch", "verification.watch_started"],
] as const)("Redis is killed %s, and comes back empty", { timeout: TRIAL_MS }, async (at, type) => {
  await tryFault(
    world,
    { fault: "Redis killed, back empty", at, version: at.includes("switch") ? "1.0.0" : "1.1.0" },
    async (kit) => {
      await kit.event((event) => event.type === type)
      process.kill(redis.pid, "SIGKILL")
      await delay(AWAY_MS)
      redis = await startRedisServer(directory, redis.port)
    },
  )
})
