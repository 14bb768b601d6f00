import type { FrozenStep } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { StrategyPlan } from "@/lib/strategies/contract"
import { strategyPlans } from "@/lib/strategies/plans.gen"

/** The steps of an environment's strategy. Throws where no strategy of that kind is installed or its config is wrong. */
export function expandStrategy(
  { strategy }: EnvironmentConfig,
  what: "deploy" | "promotePrevious",
  place: { keyPrefix: string; phase: string; phaseTitle: string; mostMs: number },
): FrozenStep[] {
  const plan = findPlan(strategy.kind)
  return plan(strategy.config)[what].map((step) => ({
    key: `${place.keyPrefix}-${step.key.replaceAll("_", "-")}`,
    title: step.title,
    phase: place.phase,
    phaseTitle: place.phaseTitle,
    parallel: null,
    work: { type: "strategy", effect: step.effect },
    timeoutMs: Math.min(step.timeoutMs, place.mostMs),
    retries: step.retries,
    changesWorld: step.changesWorld,
    skippable: false,
  }))
}

function findPlan(kind: string): StrategyPlan {
  const plans: Record<string, StrategyPlan> = strategyPlans
  const plan = Object.hasOwn(plans, kind) ? plans[kind] : undefined
  if (!plan) throw new Error(`There is no deploy strategy of kind "${kind}"`)
  return plan
}
