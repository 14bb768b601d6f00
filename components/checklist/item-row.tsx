"use client"
import { ChevronRight } from "lucide-react"
import { memo } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { Checkbox } from "@/components/ui/checkbox"
import { cn } from "@/components/ui/cn"
import { InlineCode } from "@/components/ui/inline-code"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { type Role, roleTitles } from "@/lib/domain/access/roles"
import { isAutomatic } from "@/lib/domain/checklist/automatic"
import { itemStatus } from "@/lib/domain/checklist/item-status"
import { ItemDetails } from "./item-details"
import { ItemMenu } from "./item-menu"
import type { ItemPart } from "./item-part"
import { ItemWords } from "./item-words"
import { ProveButton } from "./prove-button"
import { StaleEdit } from "./stale-edit"
import { useBrought } from "./use-brought"
import { useItem } from "./use-item"

interface ItemRowProps {
  itemKey: string
  open: boolean
  onOpen(key: string, open: boolean): void
  /** The part of the details that the keyboard asked for. */
  wanted: ItemPart | null
  onWant(key: string, part: ItemPart): void
  onArrived(): void
}

export const ItemRow = memo(function ItemRow({ itemKey, open, onOpen, wanted, onWant, onArrived }: ItemRowProps) {
  const { shown, set, change } = useItem(itemKey)
  const nowMs = useNow(5_000)
  const may = useMay("checklist.edit")
  const mayBring = useMay("evidence.add")
  const preparing = useRelease((release) => release.status === "preparing")
  const closed = useRelease((release) => release.status === "closed")
  const { brought, over, handlers, taken } = useBrought(mayBring && !closed, () => onWant(itemKey, "evidence"))
  if (!shown) return null
  const status = itemStatus(shown, nowMs)
  const ticked = status === "passed"
  const owner = shown.owner ? (roleTitles[shown.owner as Role] ?? shown.owner) : null

  const tick = () => {
    // What proves itself is ticked by hand only with a reason.
    if (!ticked && isAutomatic(shown)) return onWant(itemKey, "note")
    set({ state: ticked ? "open" : "passed", revision: shown.revision })
  }

  return (
    <li
      id={`item-${itemKey}`}
      data-testid={`item-${itemKey}`}
      data-status={status}
      data-item={itemKey}
      className={cn(
        "scroll-mt-16 target:bg-accent/6",
        over && "bg-accent/8 outline-2 outline-accent -outline-offset-2",
      )}
      {...handlers}
    >
      <div className="flex items-start gap-2 px-3 py-2 focus-within:bg-hover/60 hover:bg-hover/60 sm:gap-3">
        <Checkbox
          checked={ticked ? true : status === "open" || status === "failed" ? false : "indeterminate"}
          disabled={!may || !preparing}
          onCheckedChange={tick}
          aria-label={`${ticked ? "Untick" : "Tick"}: ${shown.title}`}
        />
        <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-3 gap-y-1 pt-[3px]">
          <button
            type="button"
            aria-expanded={open}
            data-act="open"
            onClick={() => onOpen(itemKey, !open)}
            className="group/t min-w-0 flex-1 basis-64 text-left"
          >
            <span className={cn("font-medium text-sm", status === "not_applicable" && "text-ink-2")}>
              <InlineCode text={shown.title} />
            </span>
            <ChevronRight
              aria-hidden
              className={cn("mb-0.5 ml-1 inline size-3 text-ink-3 transition-transform", open && "rotate-90")}
            />
            <ItemWords item={shown} status={status} />
          </button>
          <div className="flex items-center gap-x-3 gap-y-1">
            <span className="hidden w-20 truncate text-right text-ink-3 text-xs lg:block">{owner}</span>
            <StatusMark look={itemLooks[status]} className="w-24 text-xs sm:text-sm lg:w-32" />
            <div className="flex w-[6.75rem] items-center justify-end gap-1">
              <ProveButton item={shown} />
              <ItemMenu item={shown} onChange={set} busy={change.isPending} />
            </div>
          </div>
        </div>
      </div>
      {change.problem?.code === "stale" ? (
        <StaleEdit problem={change.problem} wish={change.variables} onRetry={set} onDismiss={change.reset} />
      ) : (
        <Problem problem={change.problem} className="mx-3 mb-3" />
      )}
      {open ? (
        <ItemDetails
          item={shown}
          status={status}
          onChange={set}
          busy={change.isPending}
          wanted={wanted}
          onArrived={onArrived}
          brought={brought}
          onTaken={taken}
        />
      ) : null}
    </li>
  )
})
