"use client"
import { Play } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { isAutomatic } from "@/lib/domain/checklist/automatic"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import type { ChecklistItem } from "@/lib/domain/release/state"

/** Proves what of a section does not hold now. Not there where nothing of it proves itself. */
export function ProveSection({
  title,
  items,
  nowMs,
}: {
  title: string
  items: readonly ChecklistItem[]
  nowMs: number
}) {
  const may = useMay("checklist.check")
  const preparing = useRelease((release) => release.status === "preparing")
  const { prove } = useReleaseMutations()
  const action = useAction((keys: string[]) => prove({ items: keys }))
  const due = items.filter((item) => {
    const status = itemStatus(item, nowMs)
    return isAutomatic(item) && !item.checking && (status === "open" || status === "failed" || status === "stale")
  })
  if (!may || !preparing || due.length === 0) return null
  return (
    <Button
      size="sm"
      tone="quiet"
      busy={action.isPending}
      title={action.problem?.message ?? "Prove what of this does not hold now"}
      aria-label={`Prove ${due.length} of ${title}`}
      onClick={() => action.mutate(due.map((item) => item.key))}
    >
      <Play aria-hidden /> {action.problem ? "Prove again" : `Prove ${due.length}`}
    </Button>
  )
}
