import { weekdays } from "./window"

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone)
  if (!known) {
    known = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    })
    formats.set(zone, known)
  }
  return known
}

export interface WallClock {
  weekday: (typeof weekdays)[number]
  /** Minutes since local midnight as the clock shows them. */
  minute: number
  /** What the wall shows, read as if it were UTC, in epoch milliseconds. */
  asUtcMs: number
}

/** What a clock on the wall shows in an IANA zone. Throws a RangeError on an unknown zone. */
export function wallClock(atMs: number, zone: string): WallClock {
  const parts = format(zone).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((candidate) => candidate.type === type)?.value)
  const asUtcMs =
    Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) +
    (((atMs % 1_000) + 1_000) % 1_000)
  const day = new Date(asUtcMs).getUTCDay()
  return {
    weekday: weekdays[(day + 6) % 7] as WallClock["weekday"],
    minute: part("hour") * 60 + part("minute"),
    asUtcMs,
  }
}

/** How far the wall clock is ahead of UTC, in milliseconds. */
export function offsetMs(atMs: number, zone: string): number {
  return wallClock(atMs, zone).asUtcMs - atMs
}
