"use client"
import { CalendarClock, DoorOpen, Rocket, Snowflake } from "lucide-react"
import Link from "next/link"
import { cn } from "@/components/ui/cn"
import { formatInstant } from "@/lib/client/format"
import type { CalendarDay, Entry, EntryKind } from "./days"

// Each kind has a shape and a word of its own, so that colour is never the only sign.
const looks: Record<EntryKind, { Icon: typeof Snowflake; word: string; look: string }> = {
  frozen: { Icon: Snowflake, word: "Frozen", look: "bg-warn/10 text-ink" },
  planned: { Icon: CalendarClock, word: "Planned", look: "bg-accent/10 text-ink" },
  deployed: { Icon: Rocket, word: "Deployed", look: "bg-sunken text-ink" },
  open: { Icon: DoorOpen, word: "Open", look: "text-ink-2" },
}

/** One entry as it concerns one day. */
export function EntryLine({
  entry,
  day,
  zone,
  onFreeze,
}: {
  entry: Entry
  day: CalendarDay
  zone: string
  onFreeze(freezeId: string): void
}) {
  const { Icon, word, look } = looks[entry.kind]
  const { freezeId, href } = entry
  const className = cn("flex w-full items-start gap-1.5 rounded px-1.5 py-0.5 text-left text-xs", look)
  const body = (
    <>
      <Icon className="mt-[3px] size-3 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 break-words">
        <span className="sr-only">{word}: </span>
        <span className="tabular-nums">{whenOn(entry, day, zone)}</span>{" "}
        {entry.kind === "open" ? (entry.where ? entry.where : "open") : entry.title}
        {entry.where && entry.kind !== "open" ? <span className="text-ink-2">, {entry.where}</span> : null}
      </span>
    </>
  )
  if (freezeId !== null) {
    return (
      <button type="button" className={cn(className, "hover:bg-warn/20")} onClick={() => onFreeze(freezeId)}>
        {body}
      </button>
    )
  }
  return href ? (
    <Link href={href} className={cn(className, "hover:bg-hover")}>
      {body}
    </Link>
  ) : (
    <p className={className}>{body}</p>
  )
}

/** `09:00–17:00`, `from 18:00`, `until 08:00`, `all day`, `10:30`. */
function whenOn({ startMs, endMs, kind }: Entry, day: CalendarDay, zone: string): string {
  const time = (ms: number) => formatInstant(new Date(ms).toISOString(), zone, "time")
  if (kind === "planned" || endMs === null || endMs - startMs < 60_000) return time(startMs)
  const [before, after] = [startMs <= day.startMs, endMs >= day.endMs]
  if (before && after) return "all day"
  if (before) return `until ${time(endMs)}`
  return after ? `from ${time(startMs)}` : `${time(startMs)}–${time(endMs)}`
}
