"use client"
import { StatusShape } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { cn } from "@/components/ui/cn"
import { type Chip, chips } from "./checklist-view"

const words: Record<Chip, string> = {
  open: "Open",
  failed: "Failed",
  stale: "Stale",
  waived: "Waived",
  mine: "Mine",
  overdue: "Overdue",
  automatic: "Automatic",
  manual: "Manual",
}
const contrary: Partial<Record<Chip, Chip>> = { automatic: "manual", manual: "automatic" }

/** Narrows the checklist. Each chip says how many items it would let through by itself. */
export function ChecklistChips({
  chosen,
  counts,
  onChange,
}: {
  chosen: readonly Chip[]
  counts: Record<Chip, number>
  onChange(chips: readonly Chip[]): void
}) {
  const toggle = (chip: Chip) =>
    onChange(
      chosen.includes(chip)
        ? chosen.filter((one) => one !== chip)
        : chips.filter((one) => one === chip || (chosen.includes(one) && one !== contrary[chip])),
    )
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:px-0">
      <legend className="sr-only">Show only</legend>
      {chips.map((chip) => {
        const on = chosen.includes(chip)
        const look = chip in itemLooks ? itemLooks[chip as keyof typeof itemLooks] : null
        return (
          <button
            key={chip}
            type="button"
            aria-pressed={on}
            data-testid={`chip-${chip}`}
            onClick={() => toggle(chip)}
            className={cn(
              "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-xs transition-colors",
              on
                ? "border-accent bg-accent/12 font-medium text-ink"
                : "border-line-strong bg-surface text-ink-2 hover:bg-hover hover:text-ink",
            )}
          >
            {look ? <StatusShape tone={look.tone} className="size-3" /> : null}
            {words[chip]}
            <span className={cn(on ? "text-ink-2" : "text-ink-3")}>{counts[chip]}</span>
          </button>
        )
      })}
      {chosen.length > 0 ? (
        <button
          type="button"
          onClick={() => onChange([])}
          className="h-7 shrink-0 rounded-full px-2 text-ink-2 text-xs underline underline-offset-2 hover:text-ink"
        >
          Clear
        </button>
      ) : null}
    </fieldset>
  )
}
