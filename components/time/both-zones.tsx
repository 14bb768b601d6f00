"use client"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"

/** An instant on the person's wall clock and, where that is another, on the playbook's: for what people agree on. */
export function BothZones({ at, zone }: { at: string; zone: string }) {
  const here = useZone(zone)
  return (
    <time dateTime={at}>
      {formatInstant(at, here)} {zoneCity(here)}
      {here === zone ? "" : ` (${formatInstant(at, zone)} ${zoneCity(zone)})`}
    </time>
  )
}
