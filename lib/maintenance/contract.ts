import type { z } from "zod"
import type { PlatformRequest, RunProcess } from "@/lib/contracts/outside-ports"

export interface MaintenanceDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  examples: readonly { title: string; config: unknown }[]
}

export interface MaintenanceState {
  on: boolean
  /** What users are told. Null where it is off, or where the provider cannot say. */
  message: string | null
}

/**
 * Every call may be repeated without further effect. Turning resolves when the provider, asked again, says that it is so;
 * it rejects with an Error in words otherwise.
 */
export interface MaintenanceProvider {
  turnOn(message: string): Promise<MaintenanceState>
  turnOff(): Promise<MaintenanceState>
  state(): Promise<MaintenanceState>
}

/** One HTTP request. Rejects with an Error in words where no answer came. */
export type MaintenanceRequest = (request: {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
}) => Promise<{ status: number; body: string }>

/** What a provider works with. Strategies have the same ports: a switch may be a program, or a platform's own API. */
export interface MaintenancePorts {
  request: MaintenanceRequest
  platform: PlatformRequest
  runProcess: RunProcess
  /** A folder of this environment on this machine that outlives runs. */
  workDirectory: string
  /** What users open. */
  publicUrl: string
  /** Ends what is under way. */
  signal: AbortSignal
}

export type CreateProvider = (config: unknown, ports: MaintenancePorts) => MaintenanceProvider
