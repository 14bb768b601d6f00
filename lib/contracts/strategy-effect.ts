import { z } from "zod"

/** The closed set of things that a strategy's steps do. A strategy uses those that its platform knows. */
export const strategyEffectSchema = z.enum([
  "checkout",
  "build",
  "start",
  "health",
  "switch",
  "ensure_running",
  "deploy",
  "promote",
  "confirm",
  "push",
  "rollout",
])
export type StrategyEffect = z.infer<typeof strategyEffectSchema>
