"use client"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"
import type { FreezeRule } from "@/lib/domain/window/freeze"
import { freezeIntervals } from "@/lib/domain/window/freeze-intervals"

const SHOWN = 5
/** Five turns of what comes once a year. */
const AHEAD_MS = 5.1 * 366 * 86_400_000

/** What a rule comes to: its next turns, on its own clock and on the person's. */
export function NextTurns({ rule, now }: { rule: FreezeRule | null; now: string }) {
  const own = useZone(rule?.zone ?? "UTC")
  if (!rule) return null
  const nowMs = Date.parse(now)
  const next = freezeIntervals(rule, nowMs, nowMs + AHEAD_MS).slice(0, SHOWN)
  const zones = [...new Set([rule.zone, own])]
  const time = (ms: number, zone: string) => formatInstant(new Date(ms).toISOString(), zone)
  return (
    <section aria-label="What it comes to" aria-live="polite" data-testid="next-turns" className="text-xs">
      <h3 className="mb-1 font-medium text-ink-2 text-sm">Next</h3>
      {next.length === 0 ? <p className="text-warn">It comes at no time from now on.</p> : null}
      <ol className="grid gap-1.5">
        {next.map(({ startMs, endMs }) => (
          <li key={startMs} className="rounded-md border px-2.5 py-1.5">
            {zones.map((zone) => (
              <span key={zone} className="block tabular-nums">
                {time(startMs, zone)} to {time(endMs, zone)} <span className="text-ink-3">{zoneCity(zone)}</span>
              </span>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}
