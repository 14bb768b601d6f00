"use client"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Disclosure } from "@/components/ui/disclosure"
import { Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { CellDetails } from "./cell-details"
import { DayStrip } from "./day-strip"
import { DayTable } from "./day-table"
import { cellLooks, countCells, nextCell, roundCells } from "./read-rounds"

/** The first day at a glance: every round with how it went, one of them in words, and the same as a table. */
export function DayPanel() {
  const rounds = useRelease((release) => release.rounds)
  const timeScale = useRelease((release) => release.timeScale)
  // Cells change with events; the clock only tells what is due.
  const nowMs = useNow(5_000)
  const [chosen, setChosen] = useState<string | null>(null)
  if (!rounds) return null
  const cells = roundCells(rounds, timeScale, nowMs)
  const next = nextCell(cells)
  const newest = cells.findLast(({ round }) => round !== null) ?? next ?? cells[0]
  const selected = cells.find(({ key }) => key === chosen) ?? newest
  if (!selected) return null
  const past = cells.filter(({ round }) => round !== null && round.status !== "open").length
  return (
    <Panel title="The first day" aside={<span>{`${past} of ${cells.length} rounds`}</span>}>
      <div className="grid grid-cols-1 gap-3 px-4 py-3">
        <DayStrip cells={cells} selected={selected.key} onSelect={setChosen} />
        <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 text-xs" data-testid="day-legend">
          {countCells(cells).map(({ state, count }) => (
            <li key={state} className="flex items-center gap-1">
              <StatusMark look={cellLooks[state]} className="text-xs" />
              <span className="text-ink-3">{count}</span>
            </li>
          ))}
        </ul>
        <CellDetails cell={selected} />
      </div>
      <Disclosure summary="As a table" className="border-t px-4 py-2">
        <DayTable cells={cells} />
      </Disclosure>
    </Panel>
  )
}
