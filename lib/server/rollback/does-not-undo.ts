import type { Playbook } from "@/lib/playbook/schema"

/** What stays as it is when the previous version is made live again, said before the click. */
export function doesNotUndo({ rollback }: Playbook): string[] {
  return rollback.options.find((option) => option.capability === "promote_previous")?.doesNotUndo ?? []
}
