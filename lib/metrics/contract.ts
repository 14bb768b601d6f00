import type { z } from "zod"
import type { PlatformRequest } from "@/lib/contracts/outside-ports"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"

export interface MetricSourceDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  examples: readonly { title: string; config: unknown }[]
  /** What it measures when it is set up like this; everything else is not asked of it. */
  metrics(config: Config): readonly MetricName[]
  /** From one evaluation to the next, milliseconds. */
  intervalMs(config: Config): number
}

/** One request of the watched service. Rejects where no complete answer came; follows no redirect. */
export type MetricRequest = (
  url: string,
  options: { timeoutMs: number; signal: AbortSignal },
) => Promise<{ status: number; headers: Record<string, string>; body: string }>

/** The release that is watched: sources that know of versions ask for this one only. */
export interface WatchedRelease {
  version: string
  /** Since when it is live, epoch milliseconds; null: not known. */
  sinceMs: number | null
}

export interface MetricPorts {
  baseUrl: string
  request: MetricRequest
  /** The source's own API, through the console's fence. */
  platform: PlatformRequest
  /** Epoch milliseconds of the console's clock. */
  nowMs(): number
  /** Whether maintenance mode is on: its 503 is then no error of the service. */
  maintenanceOn(): boolean
  /** Null: nothing of a release is watched (a check before it, a test of the connection). */
  watched(): WatchedRelease | null
}

/** What one query says when it is tried: whether a rule could rest on it, in words. */
export interface QueryFinding {
  metric: MetricName
  ok: boolean
  words: string
}

/**
 * Measures from `start` until `stop`. `take` ends the interval and answers with one sample a metric, errors included: it
 * never rejects and ends within the source's own time-out. `tryOut` asks every query once, without `start`.
 */
export interface MetricReader {
  start(): void
  take(): Promise<Sample[]>
  tryOut(signal: AbortSignal): Promise<QueryFinding[]>
  stop(): Promise<void>
}
export type CreateReader = (config: unknown, ports: MetricPorts) => MetricReader
