"use client"
import { useState } from "react"
import { PinEvent } from "@/components/incident/pin-event"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import { cn } from "@/components/ui/cn"
import { InlineCode, plainLine } from "@/components/ui/inline-code"
import { formatInstant, withWallClock, zoneCity } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import { useZone } from "@/lib/client/use-zone"
import { actorName } from "@/lib/domain/timeline/actor-name"
import type { Tone as EventTone } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { useEventWords } from "./event-words"

const tones: Partial<Record<EventTone, Tone>> = { good: "pass", bad: "fail", warning: "warn" }

/** A shape for what went well or not; a dot for everything that just happened. */
function EventShape({ tone, className }: { tone: EventTone; className?: string }) {
  const shape = tones[tone]
  return (
    <span className={cn("grid size-3.5 shrink-0 place-items-center", className)}>
      {shape ? (
        <StatusShape tone={shape} className="size-3.5" />
      ) : (
        <span aria-hidden className={cn("size-1.5 rounded-full", tone === "busy" ? "bg-accent" : "bg-control")} />
      )}
    </span>
  )
}

/** One event: what, who, when; its number and hash on demand. */
export function EventEntry({
  event,
  after,
  roomy,
}: {
  event: AnyTimelineEvent
  /** The next newer one in the list. */
  after: AnyTimelineEvent | null
  roomy?: boolean
}) {
  const [open, setOpen] = useState(false)
  const zone = useRelease((release) => release.window.zone)
  const here = useZone(zone)
  const words = useEventWords()(event)
  const newDay = !after || formatInstant(after.at, here, "day") !== formatInstant(event.at, here, "day")
  return (
    <div data-testid={`event-${event.seq}`} data-type={event.type}>
      {newDay ? (
        <p className="flex items-center gap-2 px-2 pt-2 pb-1.5 text-2xs text-ink-3">
          <span className="h-px flex-1 bg-line" /> <Instant at={event.at} zone={zone} how="day" />
          <span className="h-px flex-1 bg-line" />
        </p>
      ) : null}
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={cn(
          "flex w-full items-start gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover",
          roomy && "sm:items-baseline",
        )}
      >
        <EventShape tone={words.tone} className={cn("mt-1", roomy && "sm:mt-0 sm:self-center")} />
        <span className="min-w-0 flex-1">
          <span className="block break-words text-sm">
            <InlineCode text={withWallClock(words.title, here)} />
          </span>
          {words.detail ? (
            <span className={cn("block text-ink-2 text-xs", open ? "break-words" : "line-clamp-2")}>
              <InlineCode text={withWallClock(words.detail, here)} />
            </span>
          ) : null}
          {roomy ? null : <span className="block text-ink-3 text-xs">{actorName(event.actor)}</span>}
        </span>
        {roomy ? (
          <span className="hidden w-36 shrink-0 truncate text-ink-3 text-xs sm:block">{actorName(event.actor)}</span>
        ) : null}
        <Instant at={event.at} zone={zone} how="seconds" className="shrink-0 text-ink-3 text-xs leading-5" />
      </button>
      {open ? <EventFacts event={event} zone={zone} here={here} /> : null}
      {open ? <PinEvent seq={event.seq} words={plainLine(words.title)} /> : null}
    </div>
  )
}

function EventFacts({ event, zone, here }: { event: AnyTimelineEvent; zone: string; here: string }) {
  const facts: [string, string][] = [
    ["Number", String(event.seq)],
    ["Type", event.type],
    [
      "By",
      event.actor.type === "person" && event.actor.role
        ? `${event.actor.name} (${event.actor.role})`
        : actorName(event.actor),
    ],
    [zoneCity(here), formatInstant(event.at, here)],
    ...(here === zone ? [] : ([[zoneCity(zone), formatInstant(event.at, zone)]] as [string, string][])),
    ["UTC", event.at],
    ["Hash", event.hash],
    ["After", event.prevHash],
  ]
  return (
    <dl className="mx-2 mb-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 rounded-md bg-sunken px-3 py-2 text-xs">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className={cn("break-all", value.length > 30 && "font-mono text-2xs leading-[18px]")}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
