"use client"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"

/** An instant on the person's clock, and on the rota's where that shows another time. */
export function BothClocks({ at, zone, how = "full" }: { at: string; zone: string; how?: "full" | "time" }) {
  const here = useZone(zone)
  const [mine, theirs] = [formatInstant(at, here), formatInstant(at, zone)]
  return (
    <time dateTime={at} className="tabular-nums">
      {formatInstant(at, here, how)}
      {mine === theirs ? null : (
        <span className="text-ink-3">
          {" "}
          ({theirs} {zoneCity(zone)})
        </span>
      )}
    </time>
  )
}
