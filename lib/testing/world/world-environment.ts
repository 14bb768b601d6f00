import { randomBytes } from "node:crypto"
import type { SampleRepository } from "@/e2e/sample-service/create-repository"
import type { StartedLocalHost } from "@/e2e/sample-service/start-local-host"
import { forgetEnv } from "@/lib/server/env"
import { offsetIntoWindow } from "./open-window"

export const WORLD_PASSWORD = "correct-horse-battery-9"

/** Puts this process, and every worker that it starts, into the world's environment: fast leases, short waiting times. */
export function enterWorldEnvironment(world: {
  host: StartedLocalHost
  adminToken: string
  repository: SampleRepository
  queue: "postgres" | "redis"
  env: Record<string, string>
}): void {
  Object.assign(process.env, {
    LOCAL_HOST_ADMIN_URL: world.host.adminUrl,
    LOCAL_HOST_ADMIN_TOKEN: world.adminToken,
    LOCAL_HOST_PROXY_URL: world.host.proxyUrl,
    SAMPLE_REPOSITORY: world.repository.directory,
    GOLIVE_SEED: "demo",
    GOLIVE_SEED_PASSWORD: WORLD_PASSWORD,
    GOLIVE_CLOCK_OFFSET_MS: String(offsetIntoWindow(Date.now())),
    RUN_LEASE_MS: "2000",
    RECONCILE_INTERVAL_MS: "500",
    TIME_SCALE: "0.002",
    PROBE_INTERVAL_MS: "250",
    ...world.env,
  })
  if (world.queue === "redis") process.env.REDIS_URL = ownRedis()
  else delete process.env.REDIS_URL
  forgetEnv()
}

/** One Redis serves all test files at once: each world gets a database of its own in it. */
function ownRedis(): string {
  const shared = process.env.TEST_REDIS_URL
  if (!shared) throw new Error("TEST_REDIS_URL is not set: only integration tests have a Redis")
  const url = new URL(shared)
  url.pathname = `/${1 + ((randomBytes(1)[0] ?? 0) % 15)}`
  return url.href
}
