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
type Sent = ItemChange & { revision: number; from: ChecklistItem | undefined }

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
  const action = useAction(({ state, note, revision }: Sent) => patchItem({ key: itemKey, state, note, revision }), {
    onDone: ({ state, from }) => {
      const undoable = from && (from.state === "open" || (from.state === "passed" && !from.check))
      toast({
        message: `${done[state]}: ${from?.title ?? itemKey}`,
        ...(undoable ? { action: { label: "Undo", run: () => set({ state: from.state }) } } : {}),
      })
    },
  })
  const set = (wish: ItemChange) => {
    const from = latest.current
    action.mutate({ ...wish, revision: wish.revision ?? from?.revision ?? 0, from })
  }
  const shown = item && { ...item, ...optimistic(item, action) }
  return { shown, set, change: action }
}

/** Until the stream has brought the event of this very change, the page shows what was asked for. */
function optimistic(
  item: ChecklistItem,
  { isPending, isSuccess, variables }: { isPending: boolean; isSuccess: boolean; variables: Sent | undefined },
): Partial<ChecklistItem> {
  const waits = isPending || isSuccess
  return variables && waits && item.revision === variables.revision ? { state: variables.state, validUntil: null } : {}
}
