import type { z } from "zod"
import type { PlatformRequest, RunProcess } from "@/lib/contracts/outside-ports"

export interface FlagDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  examples: readonly { title: string; config: unknown }[]
}

export interface FlagState {
  on: boolean
}

/**
 * One feature flag. Setting may be repeated without further effect; it resolves when the provider, asked again, says that it
 * is so, and rejects with an Error in words otherwise.
 */
export interface FlagProvider {
  state(): Promise<FlagState>
  set(on: boolean, reason: string): Promise<FlagState>
}

/** What a provider works with. */
export interface FlagPorts {
  platform: PlatformRequest
  runProcess: RunProcess
  /** A folder of this environment on this machine that outlives runs. */
  workDirectory: string
  /** Ends what is under way. */
  signal: AbortSignal
  /** Said to the log of the step meanwhile. */
  log: (words: string) => void
}

export type CreateFlag = (config: unknown, ports: FlagPorts) => FlagProvider
