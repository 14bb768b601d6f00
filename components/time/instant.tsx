"use client"
import { formatAgo, formatInstant, zoneCity } from "@/lib/client/format"
import { useNow } from "@/lib/client/use-now"
import { useZone } from "@/lib/client/use-zone"

/** An instant on the person's wall clock; the playbook's zone is said on hover. */
export function Instant({
  at,
  zone,
  how = "full",
  className,
}: {
  at: string
  zone: string
  how?: "time" | "seconds" | "full" | "day"
  className?: string
}) {
  const here = useZone(zone)
  return (
    <time dateTime={at} title={bothZones(at, here, zone)} className={className}>
      {formatInstant(at, here, how)}
    </time>
  )
}

/** `4 min ago`, kept fresh. */
export function Ago({ at, zone, className }: { at: string; zone: string; className?: string }) {
  const here = useZone(zone)
  const nowMs = useNow(1_000)
  return (
    <time dateTime={at} title={bothZones(at, here, zone)} className={className}>
      {formatAgo(Date.parse(at), nowMs)}
    </time>
  )
}

function bothZones(at: string, here: string, zone: string): string {
  const mine = `${formatInstant(at, here)} ${zoneCity(here)}`
  return here === zone ? mine : `${mine} · ${formatInstant(at, zone)} ${zoneCity(zone)}`
}
