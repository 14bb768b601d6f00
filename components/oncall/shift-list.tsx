"use client"
import { TriangleAlert } from "lucide-react"
import { cn } from "@/components/ui/cn"
import { PersonMark } from "./person-mark"
import { nameOf, whenOf } from "./shift-in-words"
import type { ShownShifts } from "./week-rows"
import { rangeOf } from "./weeks"

/** The same shifts one below the other, rota by rota, for a phone; those that are over are left out. */
export function ShiftList({ weeks, rotas, hues, nowMs, zone }: ShownShifts) {
  const { fromMs, toMs } = rangeOf(weeks)
  const sinceMs = fromMs <= nowMs && nowMs < toMs ? nowMs : fromMs
  return (
    <div className="grid grid-cols-1 gap-4 md:hidden" data-testid="shift-list">
      {rotas.map(({ id, name, shifts }) => (
        <section key={id} aria-label={name} className="rounded-xl border bg-surface">
          <h3 className="border-b px-3 py-2 font-semibold text-sm">{name}</h3>
          <ol className="divide-y">
            {shifts
              .filter(({ end }) => Date.parse(end) > sinceMs)
              .map((shift) => (
                <li key={shift.start} className="flex items-center gap-2.5 px-3 py-2.5 text-sm">
                  {shift.person ? (
                    <PersonMark name={shift.person.name} hue={hues.get(shift.person.id)} className="size-7 text-2xs" />
                  ) : (
                    <TriangleAlert className="mx-1.5 size-4 shrink-0 text-warn" aria-hidden />
                  )}
                  <div className="min-w-0">
                    <p className={cn("break-words", shift.person ? "font-medium" : "text-warn")}>
                      {nameOf(shift)}
                      {Date.parse(shift.start) <= nowMs && nowMs < Date.parse(shift.end) ? (
                        <span className="font-normal text-ink-2"> · now</span>
                      ) : null}
                    </p>
                    <p className="text-ink-2 text-xs tabular-nums">{whenOf(shift, { fromMs, toMs }, zone)}</p>
                  </div>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
