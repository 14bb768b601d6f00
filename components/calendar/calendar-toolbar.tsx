"use client"
import { ChevronLeft, ChevronRight, Snowflake } from "lucide-react"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { zoneCity } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"
import type { Calendar } from "@/lib/contracts/api/calendar"
import { type View, views } from "./days"

interface CalendarToolbarProps {
  environments: Calendar["environments"]
  mayFreeze: boolean
  view: View
  anchorMs: number
  zone: string
  home: string
  place: string
  onView(view: View): void
  onZone(zone: string): void
  onPlace(place: string): void
  onMove(by: 1 | -1): void
  onToday(): void
  onNew(): void
}

const month = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" })

export function CalendarToolbar(props: CalendarToolbarProps) {
  const { environments, view, anchorMs, zone, home, place } = props
  const own = useZone(home)
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-3">
      <div className="flex items-center gap-1.5">
        <Button size="icon" aria-label={`Previous ${view}`} onClick={() => props.onMove(-1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button size="icon" aria-label={`Next ${view}`} onClick={() => props.onMove(1)}>
          <ChevronRight aria-hidden />
        </Button>
        <Button onClick={props.onToday}>Today</Button>
        <h2 aria-live="polite" className="ml-2 min-w-36 font-semibold" data-testid="calendar-title">
          {month.format(anchorMs)}
        </h2>
      </div>
      <fieldset className="flex gap-1">
        <legend className="sr-only">View</legend>
        {views.map((each) => (
          <Button
            key={each}
            tone={view === each ? "primary" : "secondary"}
            aria-pressed={view === each}
            onClick={() => props.onView(each)}
          >
            {each === "month" ? "Month" : "Week"}
          </Button>
        ))}
      </fieldset>
      <div className="flex flex-1 flex-wrap items-end justify-end gap-3 max-sm:basis-full max-sm:justify-between">
        {environments.length > 1 ? (
          <SelectField label="Where" value={place} onChange={(event) => props.onPlace(event.target.value)}>
            <option value="">Everywhere</option>
            {environments.map(({ service, environment }) => (
              <option key={`${service.key}/${environment.key}`} value={`${service.key}/${environment.key}`}>
                {service.name} {environment.name}
              </option>
            ))}
          </SelectField>
        ) : null}
        {own === home ? null : (
          <SelectField label="By the clock of" value={zone} onChange={(event) => props.onZone(event.target.value)}>
            <option value={home}>{zoneCity(home)}</option>
            <option value={own}>{zoneCity(own)} (you)</option>
          </SelectField>
        )}
        {props.mayFreeze ? (
          <Button tone="primary" className="h-9" onClick={props.onNew}>
            <Snowflake aria-hidden /> New freeze
          </Button>
        ) : null}
      </div>
    </div>
  )
}
