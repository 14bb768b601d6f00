"use client"
import { CircleSlash, Ellipsis, OctagonX, RotateCcw } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { InlineCode, plainLine } from "@/components/ui/inline-code"
import { Menu, MenuItem } from "@/components/ui/menu"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease } from "@/lib/client/release-context"
import type { ChecklistItem, ItemState } from "@/lib/domain/release/state"
import type { ItemChange } from "./use-item"

const asks = {
  failed: { title: "Mark as failed", action: "Mark as failed", words: "It holds the gate until it is passed." },
  waived: { title: "Waive this item", action: "Waive", words: "The gate lets it pass; the waiver stays visible." },
  not_applicable: {
    title: "Mark as not applicable",
    action: "Mark as not applicable",
    words: "It does not concern this release.",
  },
} as const

/** What else can be said of an item, each with a reason. */
export function ItemMenu({
  item,
  onChange,
  busy,
}: {
  item: ChecklistItem
  onChange(change: ItemChange): void
  busy: boolean
}) {
  const mayEdit = useMay("checklist.edit")
  const mayWaive = useMay("checklist.waive")
  const preparing = useRelease((release) => release.status === "preparing")
  const [asking, setAsking] = useState<keyof typeof asks | null>(null)
  const set = (state: ItemState, note?: string) => onChange({ state, note, revision: item.revision })
  return (
    <>
      <Menu
        trigger={
          <Button
            size="icon"
            tone="quiet"
            aria-label={`More for: ${plainLine(item.title)}`}
            disabled={!preparing || !(mayEdit || mayWaive)}
          >
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem disabled={!mayEdit} onSelect={() => setAsking("failed")}>
          <OctagonX aria-hidden /> Mark as failed…
        </MenuItem>
        {item.waivable ? null : (
          <MenuItem disabled>
            <CircleSlash aria-hidden /> Can never be waived
          </MenuItem>
        )}
        {item.waivable && mayWaive ? (
          <>
            <MenuItem onSelect={() => setAsking("waived")}>
              <CircleSlash aria-hidden /> Waive…
            </MenuItem>
            <MenuItem onSelect={() => setAsking("not_applicable")}>
              <CircleSlash aria-hidden /> Not applicable…
            </MenuItem>
          </>
        ) : null}
        {item.state === "open" ? null : (
          <MenuItem disabled={!mayEdit} onSelect={() => set("open")}>
            <RotateCcw aria-hidden /> Open again
          </MenuItem>
        )}
      </Menu>
      {asking ? (
        <ReasonDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={asks[asking].title}
          description={
            <>
              <span className="font-medium text-ink">
                <InlineCode text={item.title} />
              </span>
              . {asks[asking].words}
            </>
          }
          action={asks[asking].action}
          busy={busy}
          problem={null}
          onSubmit={(reason) => {
            set(asking, reason)
            setAsking(null)
          }}
        />
      ) : null}
    </>
  )
}
