"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { ChevronLeft, ChevronRight } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { zoneCity } from "@/lib/client/format"
import { shiftsQuery } from "@/lib/client/oncall-query"
import { useNow } from "@/lib/client/use-now"
import { useZone } from "@/lib/client/use-zone"
import type { Shifts } from "@/lib/contracts/api/oncall"
import { ShiftList } from "./shift-list"
import { WeekRows } from "./week-rows"
import { mondayOf, rangeOf, SHOWN_WEEKS, weeksFrom } from "./weeks"

const WEEK_MS = 7 * 86_400_000
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long" })
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" })

/** The next weeks, and those before and after them: who is called when, and where nobody is. */
export function ShiftsPanel({ first, home, hues }: { first: Shifts; home: string; hues: Map<string, number> }) {
  const own = useZone(home)
  const nowMs = useNow(60_000)
  const [zone, setZone] = useState(home)
  const [moved, setMoved] = useState(0)
  const monday = mondayOf(nowMs, zone) + moved * SHOWN_WEEKS * WEEK_MS
  const weeks = weeksFrom(monday, zone)
  const { data = first, error } = useQuery({
    ...shiftsQuery(rangeOf(weeks)),
    initialData: moved === 0 && zone === home ? first : undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-label="Shifts" className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-3">
        <div className="flex flex-wrap items-center gap-1.5">
          <Button size="icon" aria-label="Five weeks earlier" onClick={() => setMoved(moved - 1)}>
            <ChevronLeft aria-hidden />
          </Button>
          <Button size="icon" aria-label="Five weeks later" onClick={() => setMoved(moved + 1)}>
            <ChevronRight aria-hidden />
          </Button>
          <Button onClick={() => setMoved(0)}>Today</Button>
          <h2 aria-live="polite" className="ml-2 font-semibold" data-testid="shifts-title">
            {dayAndMonth.format(monday)} to {day.format(monday + SHOWN_WEEKS * WEEK_MS - 86_400_000)}
          </h2>
        </div>
        {own === home ? null : (
          <div className="ml-auto">
            <SelectField label="By the clock of" value={zone} onChange={(event) => setZone(event.target.value)}>
              <option value={home}>{zoneCity(home)}</option>
              <option value={own}>{zoneCity(own)} (you)</option>
            </SelectField>
          </div>
        )}
      </div>
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      <WeekRows {...{ weeks, hues, nowMs, zone }} rotas={data.rotas} />
      <ShiftList {...{ weeks, hues, nowMs, zone }} rotas={data.rotas} />
      <p className="text-ink-3 text-xs">By the clock of {zoneCity(zone)}.</p>
    </section>
  )
}
