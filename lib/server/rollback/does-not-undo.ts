import type { RollbackOption } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"

/** What going back to the previous version leaves as it is, said before the click. */
export function doesNotUndo(playbook: Playbook, option: RollbackOption = "promote_previous"): string[] {
  return playbook.rollback.options.find(({ capability }) => capability === option)?.doesNotUndo ?? []
}
