"use client"
import { useRef } from "react"
import { useToast } from "@/components/ui/toaster"
import { useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { ChecklistItem, ItemState } from "@/lib/domain/release/state"

export interface ItemChange {
  state: ItemState
  note?: string
  /** The revision that was seen; the shown one when left out. */
  revision?: number
}

const done: Record<ItemState, string> = {
  open: "Unticked",
  passed: "Ticked",
  failed: "Marked as failed",
  waived: "Waived",
  not_applicable: "Marked as not applicable",
}

/** One item with its change of state shown at once; taken back when the server refuses, undone from the toast. */
export function useItem(itemKey: string) {
  const item = useRelease((release) => release.items[itemKey])
  const latest = useRef(item)
  latest.current = item
  const { patchItem } = useReleaseMutations()
  const toast = useToast()
  const change = useAction(
    ({ state, note, revision }: ItemChange) =>
      patchItem({ key: itemKey, state, note, revision: revision ?? latest.current?.revision ?? 0 }),
    {
      onDone: ({ state }) => {
        const before = item?.state ?? "open"
        const undoable = item && (before === "open" || (before === "passed" && !item.check))
        toast({
          message: `${done[state]}: ${item?.title ?? itemKey}`,
          ...(undoable ? { action: { label: "Undo", run: () => change.mutate({ state: before }) } } : {}),
        })
      },
    },
  )
  const shown = item && { ...item, ...optimistic(item, change) }
  return { item, shown, change }
}

/** Until the stream has brought the event of this very change, the page shows what was asked for. */
function optimistic(
  item: ChecklistItem,
  change: { isPending: boolean; isSuccess: boolean; variables: ItemChange | undefined; submittedAt: number },
): Partial<ChecklistItem> {
  const { variables } = change
  if (!variables || variables.revision === undefined) return {}
  const waits = change.isPending || change.isSuccess
  return waits && item.revision === variables.revision ? { state: variables.state, validUntil: null } : {}
}
