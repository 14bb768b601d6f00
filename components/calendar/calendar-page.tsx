"use client"
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Notice } from "@/components/ui/notice"
import { calendarQuery } from "@/lib/client/calendar-query"
import type { Calendar, FreezeView } from "@/lib/contracts/api/calendar"
import { CalendarToolbar } from "./calendar-toolbar"
import { DayGrid } from "./day-grid"
import { DayList } from "./day-list"
import { daysOf, entriesOf, moved, type View, wallDay } from "./days"
import { FreezeDialog } from "./freeze-dialog"
import { FreezesPanel } from "./freezes-panel"
import { WindowsPanel } from "./windows-panel"

/** Windows, freezes, planned and past deployments, by month or by week; on a narrow screen as a list. */
export function CalendarPage({ first }: { first: Calendar }) {
  const home = zoneOf(first)
  const client = useQueryClient()
  const [zone, setZone] = useState(home)
  const [view, setView] = useState<View>("month")
  const [anchorMs, setAnchorMs] = useState(wallDay(Date.parse(first.now), home))
  const [place, setPlace] = useState("")
  const [editing, setEditing] = useState<FreezeView | "new" | null>(null)
  const days = daysOf(view, anchorMs, zone)
  const [service = "", environment = ""] = place.split("/")
  const range = { fromMs: days[0]?.startMs ?? 0, toMs: days.at(-1)?.endMs ?? 0, service, environment }
  const { data = first, error } = useQuery({ ...calendarQuery(range), placeholderData: keepPreviousData })
  const entries = entriesOf(data)
  const today = wallDay(Date.parse(data.now), zone)
  const reload = () => void client.invalidateQueries({ queryKey: ["calendar"] })
  const edit = (freezeId: string) => setEditing(data.freezes.find(({ id }) => id === freezeId) ?? null)
  const shown = { days, entries, today, zone, view, anchorMs, onFreeze: edit }

  return (
    <div className="grid gap-5">
      <CalendarToolbar
        environments={first.environments}
        mayFreeze={data.mayEditAll || first.environments.some(({ mayEdit }) => mayEdit)}
        {...{ view, anchorMs, zone, home, place }}
        onView={setView}
        onZone={setZone}
        onPlace={setPlace}
        onMove={(by) => setAnchorMs(moved(view, anchorMs, by))}
        onToday={() => setAnchorMs(today)}
        onNew={() => setEditing("new")}
      />
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      <DayGrid {...shown} />
      <DayList {...shown} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <FreezesPanel freezes={data.freezes} now={data.now} onEdit={setEditing} onChanged={reload} />
        <WindowsPanel environments={data.environments} onChanged={reload} />
      </div>
      {editing ? (
        <FreezeDialog
          freeze={editing === "new" ? null : editing}
          environments={first.environments}
          mayEditAll={data.mayEditAll}
          zone={home}
          now={data.now}
          onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null)
            reload()
          }}
        />
      ) : null}
    </div>
  )
}

function zoneOf({ environments }: Calendar): string {
  const windows = environments[0]?.windows
  return windows?.windows?.[0]?.zone ?? windows?.playbooks[0]?.zone ?? "UTC"
}
