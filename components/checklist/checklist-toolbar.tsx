"use client"
import { Search } from "lucide-react"
import { cn } from "@/components/ui/cn"
import { Kbd } from "@/components/ui/kbd"
import { ChecklistChips } from "./checklist-chips"
import { type ChecklistView, type Chip, type Sorting, sortings } from "./checklist-view"
import { ProveAll } from "./prove-all"

const sortingWords: Record<Sorting, string> = { group: "Group", role: "Role", person: "Person", state: "State" }

export function ChecklistToolbar({
  view,
  onView,
  counts,
}: {
  view: ChecklistView
  onView(view: ChecklistView): void
  counts: Record<Chip, number>
}) {
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex h-8 min-w-0 flex-1 basis-40 items-center gap-2 rounded-md border border-control bg-surface px-2.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2 sm:max-w-xs">
          <Search className="size-3.5 shrink-0 text-ink-3" aria-hidden />
          <span className="sr-only">Filter the checklist</span>
          <input
            id="checklist-filter"
            value={view.text}
            onChange={(event) => onView({ ...view, text: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
            placeholder="Filter"
            className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-3"
          />
          <Kbd>/</Kbd>
        </label>
        <fieldset className="flex h-8 items-center rounded-md border border-line-strong bg-sunken p-0.5 max-sm:order-last max-sm:w-full">
          <legend className="sr-only">Put together by</legend>
          {sortings.map((sorting) => (
            <label
              key={sorting}
              data-testid={`by-${sorting}`}
              className={cn(
                "relative flex h-full cursor-pointer items-center justify-center rounded-[5px] px-2.5 text-xs max-sm:flex-1",
                "has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2",
                view.sorting === sorting
                  ? "bg-surface font-medium text-ink shadow-sm ring-1 ring-line-strong"
                  : "text-ink-2 hover:text-ink",
              )}
            >
              <input
                type="radio"
                name="sorting"
                checked={view.sorting === sorting}
                onChange={() => onView({ ...view, sorting })}
                className="absolute inset-0 cursor-pointer appearance-none rounded-[5px] outline-none"
              />
              <span className="sr-only">By </span>
              {sortingWords[sorting]}
            </label>
          ))}
        </fieldset>
        <ProveAll />
      </div>
      <ChecklistChips chosen={view.chips} counts={counts} onChange={(chips) => onView({ ...view, chips })} />
    </div>
  )
}
