import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { WatchedThreshold } from "@/lib/domain/threshold/decide-threshold"
import { thresholdLevels } from "@/lib/domain/threshold/threshold-events"
import { metricRule } from "@/lib/playbook/sections/rule"
import { prisma } from "@/lib/server/db"
import { frozenPlaybook } from "@/lib/server/playbooks/frozen-playbook"
import { scaleRule } from "./scale-rule"

/** The alert thresholds of a playbook that have a rule, in the environment's time. Those without are for people to say; those that only observe alarm nobody. */
export async function watchedThresholds(
  playbookVersionId: string,
  environmentConfig: EnvironmentConfig,
): Promise<WatchedThreshold[]> {
  const { thresholds } = await frozenPlaybook(prisma, playbookVersionId)
  return thresholdLevels.flatMap((level) =>
    thresholds[level].flatMap(({ key, title, rule }) => {
      return rule && !rule.observeOnly
        ? [{ level, key, title, rule: scaleRule(metricRule(rule), environmentConfig) }]
        : []
    }),
  )
}
