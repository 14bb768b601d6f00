"use client"
import { LoaderCircle, Play } from "lucide-react"
import { Elapsed } from "@/components/time/elapsed"
import { Button } from "@/components/ui/button"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { isAutomatic } from "@/lib/domain/checklist/automatic"
import type { ChecklistItem } from "@/lib/domain/release/state"

/** Runs the item's check; while it runs, says for how long. */
export function ProveButton({ item }: { item: ChecklistItem }) {
  const may = useMay("checklist.check")
  const preparing = useRelease((release) => release.status === "preparing")
  const { runCheck } = useReleaseMutations()
  const action = useAction((key: string) => runCheck(key))
  if (item.checking) {
    return (
      <span className="inline-flex h-7 items-center gap-1.5 px-1 text-accent text-xs">
        <LoaderCircle className="size-3.5 animate-turn" aria-hidden />
        <span className="sr-only">Checking, </span>
        <Elapsed since={item.checking.since} />
      </span>
    )
  }
  if (!item.check || !isAutomatic(item)) return null
  return (
    <Button
      size="sm"
      data-act="prove"
      busy={action.isPending}
      disabled={!may || !preparing}
      title={action.problem?.message ?? `Run the ${item.check.kind} check`}
      onClick={() => action.mutate(item.key)}
    >
      <Play aria-hidden /> {action.problem ? "Prove again" : "Prove"}
    </Button>
  )
}
