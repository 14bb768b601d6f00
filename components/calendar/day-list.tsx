"use client"
import { cn } from "@/components/ui/cn"
import type { ShownDays } from "./day-grid"
import { entriesOn } from "./days"
import { EntryLine } from "./entry-line"

const heading = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" })

/** The same days one below the other, for a phone; days on which nothing is are left out, and those of other months. */
export function DayList({ days, entries, today, anchorMs, zone, view, onFreeze }: ShownDays) {
  const month = new Date(anchorMs).getUTCMonth()
  const filled = days.flatMap((day) => {
    if (view === "month" && new Date(day.wallMs).getUTCMonth() !== month) return []
    const found = entriesOn(day, entries)
    return found.length > 0 || day.wallMs === today ? [{ day, found }] : []
  })
  return (
    <ol className="divide-y rounded-xl border bg-surface md:hidden" data-testid="calendar-list">
      {filled.length === 0 ? <li className="px-3 py-2.5 text-ink-3 text-sm">Nothing</li> : null}
      {filled.map(({ day, found }) => (
        <li key={day.wallMs} className="grid gap-1 px-3 py-2.5">
          <h3 className={cn("text-sm", day.wallMs === today ? "font-semibold" : "text-ink-2")}>
            {heading.format(day.wallMs)}
            {day.wallMs === today ? ", today" : ""}
          </h3>
          {found.length === 0 ? <p className="text-ink-3 text-xs">Nothing</p> : null}
          <ul className="grid gap-0.5">
            {found.map((entry) => (
              <li key={entry.key}>
                <EntryLine {...{ entry, day, zone, onFreeze }} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
