import type { PostgresPoolConfig } from "bullmq"
import { env } from "@/lib/server/env"

export const RUN_QUEUE = "golive-runs"

/** What a queue job says, and all it says: look at this run. */
export interface RunJob {
  runId: string
}

export type QueueConnection =
  | { backend: "redis"; connection: { url: string } }
  | { backend: "postgres"; connection: PostgresPoolConfig }

/** Redis where there is one, else the console's own Postgres (in a schema of its own that BullMQ keeps up to date). */
export function queueConnection(): QueueConnection {
  const { REDIS_URL, DATABASE_URL } = env()
  if (REDIS_URL) return { backend: "redis", connection: { url: REDIS_URL } }
  return {
    backend: "postgres",
    connection: {
      connectionString: DATABASE_URL,
      migrate: true,
      max: 4,
      connectionTimeoutMillis: 10_000,
      application_name: "golive-queue",
    },
  }
}
