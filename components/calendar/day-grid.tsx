"use client"
import { cn } from "@/components/ui/cn"
import { type CalendarDay, type Entry, entriesOn, type View } from "./days"
import { EntryLine } from "./entry-line"

export interface ShownDays {
  days: CalendarDay[]
  entries: Entry[]
  /** Midnights on the wall, as if they were UTC. */
  today: number
  anchorMs: number
  zone: string
  view: View
  onFreeze(freezeId: string): void
}

const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long" })
const full = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" })

/** A table of weeks; hidden where it would not fit. */
export function DayGrid({ days, entries, today, anchorMs, zone, view, onFreeze }: ShownDays) {
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  const month = new Date(anchorMs).getUTCMonth()
  return (
    <div className="overflow-hidden rounded-xl border bg-surface max-md:hidden">
      <table className="w-full table-fixed border-collapse" data-testid="calendar-grid">
        <caption className="sr-only">Windows, freezes and deployments by day, on the clock of {zone}</caption>
        <thead>
          <tr className="border-b">
            {weeks[0]?.map(({ wallMs }) => (
              <th key={wallMs} scope="col" className="px-2 py-1.5 text-left font-medium text-ink-2 text-xs">
                {weekday.format(wallMs)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.wallMs} className="border-b last:border-b-0">
              {week.map((day) => {
                const outside = view === "month" && new Date(day.wallMs).getUTCMonth() !== month
                return (
                  <td
                    key={day.wallMs}
                    data-day={new Date(day.wallMs).toISOString().slice(0, 10)}
                    className={cn(
                      "border-r p-1 align-top last:border-r-0",
                      view === "month" ? "h-24" : "h-64",
                      outside && "bg-sunken",
                    )}
                  >
                    <p className="mb-0.5 px-1.5 text-xs">
                      <time
                        dateTime={new Date(day.wallMs).toISOString().slice(0, 10)}
                        aria-current={day.wallMs === today ? "date" : undefined}
                        className={cn(
                          "inline-grid h-5 min-w-5 place-items-center rounded-full px-1 tabular-nums",
                          day.wallMs === today ? "bg-accent font-semibold text-accent-ink" : "text-ink-2",
                        )}
                      >
                        <span aria-hidden>{new Date(day.wallMs).getUTCDate()}</span>
                        <span className="sr-only">{full.format(day.wallMs)}</span>
                      </time>
                    </p>
                    <ul className="grid gap-0.5">
                      {entriesOn(day, entries).map((entry) => (
                        <li key={entry.key}>
                          <EntryLine {...{ entry, day, zone, onFreeze }} />
                        </li>
                      ))}
                    </ul>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
