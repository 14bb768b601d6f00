const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Milliseconds in words: `740 ms`, `4.2 s`, `3 min 05 s`, `2 h 14 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const value = Math.max(0, ms)
  if (value < SECOND) return `${Math.round(value)} ms`
  if (value < 10 * SECOND) return `${(Math.floor(value / 100) / 10).toFixed(1)} s`
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`
  if (value < HOUR) {
    const seconds = Math.floor((value % MINUTE) / SECOND)
    return `${Math.floor(value / MINUTE)} min${seconds > 0 ? ` ${pad(seconds)} s` : ""}`
  }
  if (value < DAY) return `${Math.floor(value / HOUR)} h ${Math.floor((value % HOUR) / MINUTE)} min`
  return `${Math.floor(value / DAY)} d ${Math.floor((value % DAY) / HOUR)} h`
}

/** A running clock: `0:07`, `4:32`, `1:02:09`. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND))
  const hours = Math.floor(total / 3_600)
  const minutes = Math.floor((total % 3_600) / 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(total % 60)}` : `${minutes}:${pad(total % 60)}`
}

/** `just now`, `12 s ago`, `4 min ago`, `in 2 h`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const ms = nowMs - atMs
  const size = Math.abs(ms)
  if (size < 2 * SECOND) return "just now"
  const words =
    size < MINUTE
      ? `${Math.floor(size / SECOND)} s`
      : size < HOUR
        ? `${Math.floor(size / MINUTE)} min`
        : size < DAY
          ? `${Math.floor(size / HOUR)} h`
          : `${Math.floor(size / DAY)} d`
  return ms > 0 ? `${words} ago` : `in ${words}`
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(zone: string, key: "day" | "time" | "seconds" | "full"): Intl.DateTimeFormat {
  const id = `${zone} ${key}`
  const known = formats.get(id)
  if (known) return known
  const options: Record<typeof key, Intl.DateTimeFormatOptions> = {
    day: { weekday: "short", day: "numeric", month: "short" },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    full: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options[key] })
  formats.set(id, made)
  return made
}

/** An ISO instant on the wall clock of a zone. */
export function formatInstant(iso: string, zone: string, how: "day" | "time" | "seconds" | "full" = "full"): string {
  return format(zone, how).format(new Date(iso))
}

/** `New York` for `America/New_York`. */
export function zoneCity(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ")
}

function pad(value: number): string {
  return String(Math.floor(value)).padStart(2, "0")
}

const ISO_INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** Words in which every ISO instant is put on the wall clock of a zone. */
export function withWallClock(words: string, zone: string): string {
  return words.replace(ISO_INSTANT, (at) => formatInstant(at, zone, "seconds"))
}
