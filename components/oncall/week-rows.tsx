"use client"
import { TriangleAlert } from "lucide-react"
import { cn } from "@/components/ui/cn"
import { formatInstant } from "@/lib/client/format"
import type { Shifts, ShiftView } from "@/lib/contracts/api/oncall"
import { tintOf } from "./person-mark"
import { placeInWeek, type Week } from "./weeks"

export interface ShownShifts {
  weeks: Week[]
  rotas: Shifts["rotas"]
  hues: Map<string, number>
  nowMs: number
  zone: string
}

const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short" })
const date = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric" })
const dateWithMonth = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" })

/** Weeks one below the other, a lane a rota, shifts as wide as they are long; hidden where it would not fit. */
export function WeekRows({ weeks, rotas, hues, nowMs, zone }: ShownShifts) {
  return (
    <div className="overflow-hidden rounded-xl border bg-surface max-md:hidden" data-testid="shift-weeks">
      {weeks.map((week, n) => (
        <WeekRow key={week[0]?.wallMs} {...{ week, rotas, hues, nowMs, zone }} first={n === 0} />
      ))}
    </div>
  )
}

function WeekRow({
  week,
  rotas,
  hues,
  nowMs,
  zone,
  first,
}: Omit<ShownShifts, "weeks"> & { week: Week; first: boolean }) {
  const [startMs, endMs] = [week[0]?.startMs ?? 0, week.at(-1)?.endMs ?? 0]
  const today = startMs <= nowMs && nowMs < endMs
  return (
    <section
      aria-label={`Week of ${dateWithMonth.format(week[0]?.wallMs)}`}
      className="grid grid-cols-[8.5rem_1fr] border-b last:border-b-0"
    >
      <div className="pt-8 pb-2 pl-4">
        {rotas.map(({ id, name, service }) => (
          <p
            key={id}
            aria-hidden
            title={`${name}, ${service.name}`}
            className="mb-1 h-7 truncate pr-3 text-ink-2 text-xs leading-7"
          >
            {name}
          </p>
        ))}
      </div>
      <div className="relative pb-2">
        <ol aria-hidden className="absolute inset-0 grid grid-cols-7">
          {week.map((day, n) => {
            const isToday = day.startMs <= nowMs && nowMs < day.endMs
            const startsMonth = (first && n === 0) || new Date(day.wallMs).getUTCDate() === 1
            return (
              <li key={day.wallMs} className={cn("border-l px-1.5 pt-1.5 text-xs", n > 4 && "bg-sunken/60")}>
                <span
                  className={cn(
                    "inline-block rounded-full px-1.5 py-0.5 tabular-nums",
                    isToday ? "bg-accent font-semibold text-accent-ink" : "text-ink-2",
                  )}
                >
                  {weekday.format(day.wallMs)} {(startsMonth ? dateWithMonth : date).format(day.wallMs)}
                </span>
              </li>
            )
          })}
        </ol>
        <div className="relative pt-8">
          {rotas.map(({ id, name, shifts }) => (
            <ol key={id} aria-label={name} className="relative mb-1 h-7">
              {shifts
                .filter(({ start, end }) => Date.parse(start) < endMs && Date.parse(end) > startMs)
                .map((shift) => (
                  <Bar
                    key={shift.start}
                    {...{ shift, week, zone }}
                    hue={shift.person ? hues.get(shift.person.id) : undefined}
                  />
                ))}
            </ol>
          ))}
        </div>
        {today ? (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-accent"
            style={{ left: `${placeInWeek(week, nowMs)}%` }}
          />
        ) : null}
      </div>
    </section>
  )
}

function Bar({ shift, week, zone, hue }: { shift: ShiftView; week: Week; zone: string; hue?: number }) {
  const [startMs, endMs] = [Date.parse(shift.start), Date.parse(shift.end)]
  const [left, right] = [placeInWeek(week, startMs), placeInWeek(week, endMs)]
  const said = `${nameOf(shift)}, ${formatInstant(shift.start, zone)} to ${formatInstant(shift.end, zone)}`
  const begins = startMs >= (week[0]?.startMs ?? 0)
  const ends = endMs <= (week.at(-1)?.endMs ?? 0)
  return (
    <li className="absolute inset-y-0 px-px" style={{ left: `${left}%`, width: `${right - left}%` }} title={said}>
      <span
        style={tintOf(hue)}
        className={cn(
          "flex h-full min-w-0 items-center gap-1 overflow-hidden border-2 px-1.5 text-ink text-xs",
          begins ? "rounded-l-md" : "border-l-0",
          ends ? "rounded-r-md" : "border-r-0",
          shift.person ? "" : "border-warn border-dashed text-warn",
          shift.overrideId && "border-double",
        )}
      >
        {shift.person && !shift.person.disabled ? null : <TriangleAlert className="size-3 shrink-0" aria-hidden />}
        <span aria-hidden className="truncate">
          {nameOf(shift)}
        </span>
        <span className="sr-only">{said}</span>
      </span>
    </li>
  )
}

export function nameOf({ person, overrideId }: ShiftView): string {
  if (!person) return "Nobody"
  return `${person.name}${person.disabled ? " (disabled)" : ""}${overrideId ? ", taken over" : ""}`
}
