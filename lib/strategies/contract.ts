import type { z } from "zod"
import type { PlatformRequest, RunProcess } from "@/lib/contracts/outside-ports"
import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import type { DeployedVersion } from "@/lib/domain/release/state"

export type {
  PlatformCall,
  PlatformRequest,
  ProcessEnd,
  ProcessRequest,
  RunProcess,
} from "@/lib/contracts/outside-ports"

/** What a platform can be asked for beyond a deployment. */
export type StrategyCapability = "promote_previous" | "logs"

export interface StrategyDefinition<Config = unknown> {
  kind: string
  title: string
  summary: string
  configSchema: z.ZodType<Config>
  capabilities: readonly StrategyCapability[]
}

export interface StrategyStep {
  /** Unique within the plan. */
  key: string
  title: string
  effect: StrategyEffect
  /** After an interruption the platform is asked what is so before this is done again. */
  changesWorld: boolean
  timeoutMs: number
  /** How often it is tried again after a failure that may pass by itself. */
  retries: number
}

/** Pure. Parses its config and throws a ZodError where that does not fit. */
export type StrategyPlan = (config: unknown) => { deploy: StrategyStep[]; promotePrevious: StrategyStep[] }

/** What is deployed, or promoted again. */
export interface StrategyDeployment {
  /** Chosen by the console, the same for every attempt of a run. A platform that names its deployments itself may ignore it. */
  deploymentId: string
  version: string
  ref: string
  /** Null: the ref is resolved by the first step that needs it, and stays so for this deployment. */
  commit: string | null
}

export interface StrategyCall {
  deployment: StrategyDeployment
  /** What was live when the run began: a switch replaces this and nothing else. */
  previous: DeployedVersion | null
  signal: AbortSignal
  log: (stream: "out" | "err" | "info", text: string) => void
  timeoutMs: number
  /** Asked once `signal` is aborted: has the run ended for good, so that what the platform still does for it may be stopped? */
  isGivenUp?: () => boolean
}

export interface StrategyResult {
  summary: string
  /** Facts worth keeping as evidence. */
  facts: { label: string; value: string }[]
  /** What is live now, where this step made or confirmed it. */
  live?: DeployedVersion
}

/** After an interruption: was the effect had (`done`), provably not (`untouched`), or can nobody say (`unknown`)? */
export type Inspection = { answer: "done" | "untouched" | "unknown"; live: DeployedVersion | null; words: string }

export interface StrategyTarget {
  /** What users get now, asked of the platform. Null: nothing yet. Rejects where the platform does not say. */
  live(signal: AbortSignal): Promise<DeployedVersion | null>
  /** Rejects with `StrategyFailure` where it did not work, with `signal.reason` when aborted. */
  execute(effect: StrategyEffect, call: StrategyCall): Promise<StrategyResult>
  inspect(effect: StrategyEffect, call: StrategyCall): Promise<Inspection>
  /** Frees what the target holds. */
  close(): Promise<void>
}

/** What a target works with; handed in, so that a target holds no clients of its own making but its platform's. */
export interface StrategyPorts {
  /** A folder of this environment on this machine that outlives runs. */
  workDirectory: string
  repository: string
  /** What users open. */
  publicUrl: string
  runProcess: RunProcess
  request: RequestPort
  platform: PlatformRequest
}
export type CreateTarget = (config: unknown, ports: StrategyPorts) => StrategyTarget

/** One GET of the service's public address, as a user would send it. Rejects where no answer came. */
export type RequestPort = (
  url: string,
  options: { timeoutMs: number; signal: AbortSignal; headers?: Record<string, string> },
) => Promise<{ status: number; headers: Record<string, string>; body: string }>

/** A step did not work. `transient`: trying again may help. */
export class StrategyFailure extends Error {
  constructor(
    message: string,
    readonly transient: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = "StrategyFailure"
  }
}

/** A plan names an effect that its own target does not know: a mistake in the strategy, never in its use. */
export function unknownEffect(kind: string, effect: StrategyEffect): StrategyFailure {
  return new StrategyFailure(`The strategy "${kind}" has no step "${effect}"`, false)
}

export function nameVersion(version: DeployedVersion | null): string {
  return version ? `${version.version} (${version.deploymentId})` : "nothing"
}
