import type { z } from "zod"
import type { MetricName, Sample } from "@/lib/domain/metric/rule"

export interface MetricSourceDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  /** What it measures; everything else is not asked of it. */
  metrics: readonly MetricName[]
}

/** One request of the watched service. Rejects where no complete answer came; follows no redirect. */
export type MetricRequest = (
  url: string,
  options: { timeoutMs: number; signal: AbortSignal },
) => Promise<{ status: number; headers: Record<string, string>; body: string }>

export interface MetricPorts {
  baseUrl: string
  request: MetricRequest
  /** Epoch milliseconds of the console's clock. */
  nowMs(): number
  /** Whether maintenance mode is on: its 503 is then no error of the service. */
  maintenanceOn(): boolean
}

/** Measures from `start` until `stop`; `take` ends the interval and answers with one sample a metric. */
export interface MetricReader {
  start(): void
  take(): Sample[]
  stop(): Promise<void>
}
export type CreateReader = (config: unknown, ports: MetricPorts) => MetricReader
