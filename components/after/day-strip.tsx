"use client"
import { type KeyboardEvent, useRef } from "react"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { cn } from "@/components/ui/cn"
import { formatInstant } from "@/lib/client/format"
import { groupBy } from "@/lib/client/group-by"
import { useRelease } from "@/lib/client/release-context"
import { useZone } from "@/lib/client/use-zone"
import { cellLooks, type RoundCell, stepFrom } from "./read-rounds"

const fills: Record<Tone, string> = {
  none: "border-line bg-transparent",
  busy: "border-accent/40 bg-accent/10",
  ready: "border-accent/40 bg-accent/10",
  pass: "border-pass/25 bg-pass/10",
  fail: "border-fail/50 bg-fail/15",
  warn: "border-warn bg-warn/20",
  wait: "border-warn/60 bg-warn/10",
  off: "border-line bg-sunken",
}

interface DayStripProps {
  cells: readonly RoundCell[]
  selected: string
  onSelect(key: string): void
}

/** One cell a round, a row of them a band: arrows move along the day, Home and End to its ends. */
export function DayStrip({ cells, selected, onSelect }: DayStripProps) {
  const zone = useZone(useRelease((release) => release.window.zone))
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const to = stepFrom(
      cells,
      cells.findIndex(({ key }) => key === selected),
      event.key,
    )
    const cell = to === null ? undefined : cells[to]
    if (!cell) return
    event.preventDefault()
    onSelect(cell.key)
    list.current?.querySelector<HTMLElement>(`[data-round="${cell.key}"]`)?.focus()
  }
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={-1}
      aria-label="Rounds of the first day"
      aria-orientation="horizontal"
      onKeyDown={move}
      className="flex flex-wrap gap-x-6 gap-y-3"
    >
      {[...groupBy(cells, ({ band }) => band.key).values()].map((band) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div
          key={band[0]?.band.key}
          role="group"
          aria-label={band[0]?.band.title}
          className="grid content-start gap-1.5"
        >
          <p aria-hidden className="text-ink-3 text-xs">
            {band[0]?.band.title}
          </p>
          <div role="presentation" className="flex flex-wrap gap-1">
            {band.map((cell) => {
              const { tone, word } = cellLooks[cell.state]
              const words = `Round ${cell.n}, ${formatInstant(cell.dueAt, zone, "time")}, ${word.toLowerCase()}`
              return (
                <div
                  key={cell.key}
                  role="option"
                  aria-selected={cell.key === selected}
                  aria-label={words}
                  title={words}
                  tabIndex={cell.key === selected ? 0 : -1}
                  data-round={cell.key}
                  data-state={cell.state}
                  onClick={() => onSelect(cell.key)}
                  // The arrows of the list do the same for the keyboard.
                  onKeyDown={undefined}
                  className={cn(
                    "grid size-6 cursor-pointer place-items-center rounded-[5px] border transition-colors hover:border-ink-2",
                    fills[tone],
                    cell.key === selected && "outline-2 outline-ink outline-offset-1",
                  )}
                >
                  <StatusShape
                    tone={tone}
                    className={cn("size-3.5", cell.state === "ahead" && "size-1.5 fill-current")}
                  />
                </div>
              )
            })}
          </div>
        </div>
      ))}
    </div>
  )
}
