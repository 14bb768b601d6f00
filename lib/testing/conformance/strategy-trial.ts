import type { StrategyEffect } from "@/lib/contracts/strategy-effect"
import type { StrategyCall, StrategyDeployment, StrategyTarget } from "@/lib/strategies/contract"

/**
 * A platform that a strategy is tried on: the real one, or a server that speaks its published protocol. Each kind has one in
 * `lib/strategies/<kind>/trial.fixture.ts`, as `startTrial`.
 */
export interface StrategyTrial {
  /** Fits the kind's `configSchema`. */
  config: unknown
  /** A target of its own, as each attempt of a run makes one. */
  createTarget(): StrategyTarget
  /** Two deployments that can both become live, of a commit each. */
  first: StrategyDeployment
  second: StrategyDeployment
  /** The next execution of this effect goes wrong as it would on the platform, until `repair`. */
  breakAt(effect: StrategyEffect): Promise<void>
  repair(): Promise<void>
  /** How often what users get was changed so far, counted by the platform. */
  switches(): Promise<number>
  /** What is said to the log meanwhile. */
  call(deployment: StrategyDeployment, change?: Partial<StrategyCall>): StrategyCall
  close(): Promise<void>
}

export type StartTrial = () => Promise<StrategyTrial>
