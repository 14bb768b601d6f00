import { type CheckRunInput, checkRunInputSchema } from "@/lib/contracts/runs"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { Playbook } from "@/lib/playbook/schema"
import type { PlannedRun } from "@/lib/server/deploy/planned-steps"

/** The check of one checklist item, frozen. Null: no check proves this item. */
export function planCheckRun({
  playbook,
  environmentConfig,
  itemKey,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  itemKey: string
}): PlannedRun<CheckRunInput> | null {
  const item = playbook.checklist.groups.flatMap((group) => group.items).find(({ key }) => key === itemKey)
  if (!item?.check) return null
  const input = checkRunInputSchema.parse({ kind: "check", itemKey, check: item.check, environment: environmentConfig })
  return { steps: [], input }
}
