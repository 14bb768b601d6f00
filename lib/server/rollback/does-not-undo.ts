import type { Playbook } from "@/lib/playbook/schema"

/** What going back to the previous version leaves as it is, said before the click. */
export function doesNotUndo(playbook: Playbook): string[] {
  return playbook.rollback.options.find((option) => option.capability === "promote_previous")?.doesNotUndo ?? []
}
